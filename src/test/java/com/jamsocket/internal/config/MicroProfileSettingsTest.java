package com.jamsocket.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicroProfileSettingsTest {

    @AfterEach
    void forgetTheImplementation() {
        ConfigProviderResolver.setInstance(null);
    }

    @Test
    void anEmptyValueIsAnUnsetOne() {
        ConfigProviderResolver.setInstance(new FixedConfig(Map.of(
                "jamsocket.token",
                "",
                "jamsocket.account",
                " \n",
                "jamsocket.service",
                "docs",
                "jamsocket.clients.rooms.service",
                "")));

        Settings settings = Settings.ofPlatform();

        assertThat(settings.get("jamsocket.token")).isNull();
        assertThat(settings.get("jamsocket.account")).isNull();
        assertThat(settings.get("jamsocket.dev")).isNull();
        assertThat(settings.get("jamsocket.service")).isEqualTo("docs");
        assertThat(settings.forClient("rooms").get("jamsocket.service")).isEqualTo("docs");
        assertThat(settings.places("jamsocket.token")).contains("jamsocket.token", "MicroProfile Config");
    }
}
