package com.jamsocket.demo.whiteboard;

import com.jamsocket.Jamsocket;
import com.jamsocket.demo.whiteboard.backend.BoardBackend;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Launcher;
import com.jamsocket.rest.EventStreamFilter;
import com.jamsocket.rest.JamsocketExceptionMapper;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.ws.rs.SeBootstrap;
import jakarta.ws.rs.core.Application;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whiteboard by itself: beans, resources, development server, and a process for each board that is open. */
public final class Whiteboard implements AutoCloseable {

    private static final int PORT = 8085;

    /** Held here, because the logging of the JDK forgets loggers nobody holds. */
    private static final List<Logger> OF_THE_SERVER = Stream.of(
                    "org.glassfish.jersey", "org.glassfish.grizzly", "org.jboss.weld")
            .map(Logger::getLogger)
            .toList();

    private final JamsocketDevServer backends;
    private final SeContainer beans;
    private final SeBootstrap.Instance application;

    private Whiteboard(int port) {
        OF_THE_SERVER.forEach(logger -> logger.setLevel(Level.SEVERE));
        backends = JamsocketDevServer.builder()
                .launcher(Launcher.command(java(), "-cp", classPath(), BoardBackend.class.getName()))
                .start();
        // The beans of the sample, and the one of the demo that prints the states of backends.
        beans = SeContainerInitializer.newInstance()
                .addExtensions(new DevelopmentServer(backends.port()))
                // It ends with this, in order.
                .addProperty("org.jboss.weld.se.shutdownHook", false)
                .initialize();
        SeBootstrap.Configuration address =
                SeBootstrap.Configuration.builder().host("127.0.0.1").port(port).build();
        application = SeBootstrap.start(resources(beans), address)
                .toCompletableFuture()
                .join();
    }

    /**
     * Runs until it is interrupted.
     *
     * @param args the port; 8085 without it
     */
    public static void main(String... args) throws InterruptedException {
        Whiteboard whiteboard = start(args.length == 0 ? PORT : Integer.parseInt(args[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(whiteboard::close));
        System.out.println(
                "The whiteboard is at " + whiteboard.url() + " and ends with Ctrl-C. Open it in two windows.");
        new CountDownLatch(1).await();
    }

    /** Starts it on this port, or on a free one if that is {@link SeBootstrap.Configuration#FREE_PORT}. */
    public static Whiteboard start(int port) {
        return new Whiteboard(port);
    }

    /** Where the page is. */
    public URI url() {
        return application.configuration().baseUri();
    }

    /** The server that its boards run on. */
    public JamsocketDevServer backends() {
        return backends;
    }

    @Override
    public void close() {
        beans.close();
        backends.close();
        application.stop().toCompletableFuture().join();
    }

    private static Application resources(SeContainer beans) {
        return new Application() {
            // A server asks CDI for them by itself.
            @Override
            @SuppressWarnings("deprecation")
            public Set<Object> getSingletons() {
                return Set.of(
                        new Pages(),
                        beans.select(Boards.class).get(),
                        beans.select(Chronicle.class).get(),
                        beans.select(Drawings.class).get(),
                        beans.select(Statuses.class).get(),
                        new JamsocketExceptionMapper(),
                        new EventStreamFilter());
            }
        };
    }

    /** Sets the injected client up in code: on a server, settings do. */
    static final class DevelopmentServer implements Extension {
        private final int port;

        DevelopmentServer(int port) {
            this.port = port;
        }

        void setUp(@Observes Jamsocket.Builder client) {
            client.dev(port);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** That of this class: Maven runs it with a class loader of its own. */
    private static String classPath() {
        if (Whiteboard.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }
}
