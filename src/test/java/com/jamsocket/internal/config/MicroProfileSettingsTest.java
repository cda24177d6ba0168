package com.jamsocket.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
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
        ConfigProviderResolver.setInstance(new OneConfig(Map.of(
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

    /** Hands out what stands in a source, even if that is empty, and refuses any other question. */
    private static final class OneConfig extends ConfigProviderResolver {

        private final Config config;

        OneConfig(Map<String, String> values) {
            config = (Config) Proxy.newProxyInstance(
                    OneConfig.class.getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, arguments) -> {
                        assertThat(method.getName()).isEqualTo("getOptionalValue");
                        return Optional.ofNullable(values.get((String) arguments[0]));
                    });
        }

        @Override
        public Config getConfig() {
            return config;
        }

        @Override
        public Config getConfig(ClassLoader loader) {
            return config;
        }

        @Override
        public ConfigBuilder getBuilder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void registerConfig(Config config, ClassLoader loader) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void releaseConfig(Config config) {
            throw new UnsupportedOperationException();
        }
    }
}
