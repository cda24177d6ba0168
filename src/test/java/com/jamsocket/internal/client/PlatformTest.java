package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In Java SE and in tests an application brings what a server would; what is missing is said, and what to add. */
class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "jersey resteasy cxf, org.glassfish.jersey.core:jersey-client",
        "parsson johnzon, org.eclipse.parsson:parsson"
    })
    void whatIsMissingIsSaid(String missing, String dependency) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader application = without(List.of(missing.split(" ")))) {
            thread.setContextClassLoader(application);
            Method dev = application.loadClass("com.jamsocket.Jamsocket").getMethod("dev", int.class);

            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> dev.invoke(null, 1))
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .hasMessageStartingWith("The Jamsocket client cannot be made: there is no ")
                        .hasMessageContaining(dependency);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URLClassLoader without(List<String> parts) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
            if (parts.stream().noneMatch(entry::contains)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
