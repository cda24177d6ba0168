package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.dev.ProcessBackend;
import com.jamsocket.internal.EmbeddedServerProvider;
import com.jamsocket.testkit.Http;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the embedded server is looked for first. Where it is missing, or elsewhere: ApplicationIT. */
class EmbeddedServerTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void startsACommandForEachBackend() throws Exception {
        try (Jamsocket jamsocket = Jamsocket.builder()
                .embedded()
                .devCommand("'" + String.join("' '", ProcessBackend.command()) + "'")
                .devWatch(Path.of("src/main/java"))
                .build()) {
            ConnectResponse response = jamsocket.connect();
            assertThat(new Http(response.url()).get(response.url().getPath()).body())
                    .contains("SESSION_BACKEND_ID=" + response.backendId());
        }
    }

    @Test
    void saysWhatItCannotStart() {
        for (Jamsocket.Builder builder : List.of(
                Jamsocket.builder().embedded().devCommand("a 'b"),
                Jamsocket.builder().embedded().devWatch(Path.of("not/there")))) {
            assertThatThrownBy(builder::build)
                    .isInstanceOf(JamsocketConfigurationException.class)
                    .hasMessageContaining("the embedded development server cannot start");
        }
    }

    @Test
    void comesFromBesideTheClientWhateverTheContextClassLoaderIs(@TempDir Path other) throws IOException {
        Path services = Files.createDirectories(other.resolve("META-INF/services"));
        Files.writeString(services.resolve(EmbeddedServerProvider.class.getName()), "com.example.NotThere");
        try (URLClassLoader foreign =
                new URLClassLoader(new URL[] {other.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            for (ClassLoader loader : new ClassLoader[] {null, foreign}) {
                Thread.currentThread().setContextClassLoader(loader);
                EmbeddedServer server = EmbeddedServer.start(EmbeddedServerProvider.Options.NONE);
                assertThat(server.url().getHost()).isEqualTo("127.0.0.1");
                server.close();
            }
        }
    }
}
