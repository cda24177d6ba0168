package com.jamsocket.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.jamsocket.Jamsocket;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that has none of the APIs for observation: nothing needs them. */
class WithoutApisTest {

    /** All that is on the class path, but for those APIs. */
    private static URLClassLoader bare() {
        URL[] rest = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("micrometer")
                        && !entry.contains("opentelemetry")
                        && !entry.contains("microprofile"))
                .map(WithoutApisTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(rest, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.micrometer.core.instrument.MeterRegistry",
                "io.opentelemetry.api.OpenTelemetry",
                "org.eclipse.microprofile.health.HealthCheck"
            })
    void theyAreAbsentIndeed(String api) throws IOException {
        try (URLClassLoader bare = bare()) {
            assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(api, false, bare));
        }
    }

    @Test
    void aClientIsMadeUsedAndClosed() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader bare = bare()) {
            Thread.currentThread().setContextClassLoader(bare);
            Class<?> use = Class.forName(Use.class.getName(), true, bare);
            assertThat(use.getMethod("run").invoke(null)).asString().contains("activeCalls=0");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Runs there. */
    public static final class Use {
        private Use() {}

        public static String run() {
            try (Jamsocket client = Jamsocket.builder().embedded().build()) {
                String id = client.connect().backendId();
                client.statusStream(id, state -> {}).close();
                client.ping();
                return client.diagnostics().toString();
            }
        }
    }
}
