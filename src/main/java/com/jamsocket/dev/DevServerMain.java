package com.jamsocket.dev;

import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The server as a program. */
final class DevServerMain {

    private static final int DEFAULT_PORT = 8080;

    private DevServerMain() {}

    /** The port of the command line; null if the command line is wrong. */
    static @Nullable Integer port(String... args) {
        if (args.length == 0) {
            return DEFAULT_PORT;
        }
        try {
            int port = args.length == 2 && args[0].equals("--port") ? Integer.parseInt(args[1]) : -1;
            return port < 0 || port > 65_535 ? null : port;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Runs until the process is asked to end; returns with an exit code if it cannot. */
    static int run(String... args) throws InterruptedException {
        Integer port = port(args);
        if (port == null) {
            System.err.println("usage: JamsocketDevServer [--port PORT]");
            return 2;
        }
        try {
            run(port);
            return 0;
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage() + ": " + e.getCause());
            return 1;
        }
    }

    private static void run(int port) throws InterruptedException {
        JamsocketDevServer server = JamsocketDevServer.builder()
                .port(port)
                .onChange((id, state) -> System.out.println(state.time() + "  " + id + "  " + state.statusName()))
                .start();
        System.out.println("Jamsocket development server on " + server.url());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            System.out.println("Stopped");
                        },
                        "jamsocket-dev-shutdown"));
        new CountDownLatch(1).await();
    }
}
