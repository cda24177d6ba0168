package com.jamsocket.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevelopmentTest {

    @AfterEach
    void forgetTheImplementation() {
        ConfigProviderResolver.setInstance(null);
    }

    @ParameterizedTest
    @CsvSource({
        "jamsocket.dev, embedded, true",
        "jamsocket.dev, true, true",
        "jamsocket.dev, ' FALSE ', false",
        "jamsocket.dev, '', false",
        "jamsocket.clients.rooms.dev, embedded, true",
        "jamsocket.dev-port, 8080, false",
        "jamsocket.plane-url, http://dev, false",
        "other.jamsocket.dev, embedded, false"
    })
    void isTheServerThatAnyClientIsSetTo(String name, String value, boolean development) {
        assertThat(isSetUp(Settings.ofJvm(Map.of(name, value)::get, Map.of()), Map.of(name, value)))
                .isEqualTo(development);
        String variable = name.replaceAll("[^a-z]", "_").toUpperCase(Locale.ROOT);
        assertThat(isSetUp(Settings.ofEnvironment(Map.of(variable, value)), Map.of(variable, value)))
                .isEqualTo(development);
    }

    private static boolean isSetUp(Settings settings, Map<String, String> values) {
        return Development.isSetUp(settings, values.keySet());
    }

    @Test
    void isReadFromMicroProfileConfigWhereThatIs() {
        ConfigProviderResolver.setInstance(new FixedConfig(Map.of("jamsocket.clients.rooms.dev", "embedded")));
        assertThat(Development.isSetUp(Settings.ofPlatform())).isTrue();
        ConfigProviderResolver.setInstance(new FixedConfig(Map.of("jamsocket.plane-url", "http://plane")));
        assertThat(Development.isSetUp(Settings.ofPlatform())).isFalse();
    }

    @Test
    void isReadFromSystemPropertiesWhereThereIsNoOther() {
        System.setProperty("jamsocket.clients.of-this-test.dev", "embedded");
        try {
            assertThat(Development.isSetUp(Settings.ofJvm(System::getProperty, Map.of())))
                    .isTrue();
        } finally {
            System.clearProperty("jamsocket.clients.of-this-test.dev");
        }
    }
}
