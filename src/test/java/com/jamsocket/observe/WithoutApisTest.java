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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that has none of the APIs for observation: nothing needs them. */
class WithoutApisTest {

    /** All that is on the class path, but for those APIs. */
    private static RecordingLoader bare() {
        return new RecordingLoader(entry ->
                !entry.contains("micrometer") && !entry.contains("opentelemetry") && !entry.contains("microprofile"));
    }

    /** Loads from the class path what passes, and notes what is asked for. */
    private static final class RecordingLoader extends URLClassLoader {
        private final Set<String> asked = ConcurrentHashMap.newKeySet();

        RecordingLoader(Predicate<String> entries) {
            super(
                    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                            .filter(entries)
                            .map(WithoutApisTest::url)
                            .toArray(URL[]::new),
                    ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name, resolve);
        }
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
        try (RecordingLoader bare = bare()) {
            assertThat(useFrom(bare)).contains("activeCalls=0");
        }
    }

    /** What is not asked for costs nothing, not even the loading of a class. */
    @Test
    void norIsAClassOfTheirsLoadedWhereTheyArePresent() throws Exception {
        try (RecordingLoader whole = new RecordingLoader(entry -> true)) {
            assertThat(useFrom(whole)).contains("activeCalls=0");

            assertThat(whole.asked)
                    .contains("com.jamsocket.Jamsocket")
                    .noneMatch(name -> name.startsWith("com.jamsocket.observe.") && !name.contains("WithoutApisTest"))
                    .noneMatch(name -> name.startsWith("io.micrometer.")
                            || name.startsWith("io.opentelemetry.")
                            || name.startsWith("org.eclipse.microprofile.health."));
        }
    }

    private static String useFrom(ClassLoader loader) throws ReflectiveOperationException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> use = Class.forName(Use.class.getName(), true, loader);
            return (String) use.getMethod("run").invoke(null);
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
