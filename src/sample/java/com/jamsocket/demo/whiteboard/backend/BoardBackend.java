package com.jamsocket.demo.whiteboard.backend;

import com.jamsocket.backend.BackendEnvironment;
import com.jamsocket.backend.GracefulShutdown;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Serves one board on {@code PORT}, until it is asked to end. */
public final class BoardBackend {

    private BoardBackend() {}

    /** Runs until SIGTERM. */
    public static void main(String... args) throws ReflectiveOperationException, InterruptedException {
        int port = BackendEnvironment.current().port();
        // Jakarta WebSocket has no way of its own to start a server: this is Tyrus's, `new Server(…).start()`.
        Class<?> type = Class.forName("org.glassfish.tyrus.server.Server");
        Object server = type.getConstructor(String.class, int.class, String.class, Map.class, Class[].class)
                .newInstance("0.0.0.0", port, "/", Map.of(), new Class<?>[] {Board.class, Export.class});
        type.getMethod("start").invoke(server);
        System.out.println("The board is open on port " + port);
        GracefulShutdown.builder()
                .step("tell everybody", Duration.ofSeconds(2), Board::end)
                .step("stop", Duration.ofSeconds(5), () -> type.getMethod("stop")
                        .invoke(server))
                .install();
        // The threads of the server keep no JVM alive.
        new CountDownLatch(1).await();
    }
}
