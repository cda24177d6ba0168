package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.internal.EmbeddedServerProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void comesFromBesideTheClientWhateverTheContextClassLoaderIs(@TempDir Path other) throws IOException {
        Path services = Files.createDirectories(other.resolve("META-INF/services"));
        Files.writeString(services.resolve(EmbeddedServerProvider.class.getName()), "com.example.NotThere");
        try (URLClassLoader foreign =
                new URLClassLoader(new URL[] {other.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            for (ClassLoader loader : new ClassLoader[] {null, foreign}) {
                Thread.currentThread().setContextClassLoader(loader);
                EmbeddedServer server = EmbeddedServer.start();
                assertThat(server.url().getHost()).isEqualTo("127.0.0.1");
                server.close();
            }
        }
    }
}
