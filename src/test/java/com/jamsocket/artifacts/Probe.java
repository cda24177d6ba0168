package com.jamsocket.artifacts;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.StatusSubscription;
import com.jamsocket.TerminationKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A program with the jars as an application has them; prints what it comes to know. */
final class Probe {

    private Probe() {}

    /** {@code life PORT}, {@code cdi}, {@code embedded} or {@code embedded LOADER-PARENT JAR…}. */
    public static void main(String... arguments) throws Exception {
        switch (arguments[0]) {
            case "life" -> life(Jamsocket.dev(Integer.parseInt(arguments[1])));
            case "cdi" -> cdi();
            default -> embedded(arguments);
        }
    }

    /** Each of the ways to a server once: verbs and a stream. */
    private static void life(Jamsocket jamsocket) {
        try (jamsocket) {
            ConnectResponse backend = jamsocket.connect();
            StatusSubscription states = jamsocket.statusStream(
                    backend.backendId(), state -> System.out.println("state " + state.statusName()));
            jamsocket.awaitReady(backend.backendId(), Duration.ofSeconds(20));
            System.out.println("status " + jamsocket.status(backend.backendId()).statusName());
            jamsocket.terminate(backend.backendId(), TerminationKind.HARD);
            System.out.println("end " + states.end().toCompletableFuture().join());
        }
    }

    private static void embedded(String... arguments) throws MalformedURLException {
        if (arguments.length > 1) {
            URL[] jars = new URL[arguments.length - 2];
            for (int i = 0; i < jars.length; i++) {
                jars[i] = new File(arguments[i + 2]).toURI().toURL();
            }
            ClassLoader parent = arguments[1].equals("application")
                    ? Probe.class.getClassLoader()
                    : ClassLoader.getPlatformClassLoader();
            Thread.currentThread().setContextClassLoader(new URLClassLoader(jars, parent));
        }
        try {
            life(Jamsocket.builder().embedded().build());
        } catch (JamsocketConfigurationException e) {
            System.out.println("refused " + e.getMessage());
        }
    }

    private static void cdi() throws InterruptedException {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .addBeanClasses(Documents.class)
                .initialize()) {
            System.out.println("started");
            Documents documents = container.select(Documents.class).get();
            System.out.println("spawned " + documents.open().spawned());
            System.out.println("observed " + documents.awaitReady());
        } catch (JamsocketConfigurationException e) {
            System.out.println("refused " + e.getMessage());
        }
    }

    /** A bean of an application. */
    @ApplicationScoped
    static class Documents {

        private final CountDownLatch ready = new CountDownLatch(1);

        @Inject
        Jamsocket jamsocket;

        ConnectResponse open() {
            return jamsocket.connect();
        }

        boolean awaitReady() throws InterruptedException {
            return ready.await(20, TimeUnit.SECONDS);
        }

        void celebrate(@Observes BackendState.Ready state) {
            ready.countDown();
        }
    }
}
