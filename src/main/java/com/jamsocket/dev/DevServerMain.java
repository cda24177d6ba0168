package com.jamsocket.dev;

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

    static void run(int port) throws InterruptedException {
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
