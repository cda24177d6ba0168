package com.example.backend;

import com.jamsocket.backend.BackendEnvironment;
import com.jamsocket.backend.ServletServer;
import jakarta.servlet.ServletException;
import java.util.concurrent.CountDownLatch;

/** The backend of the guide that shuts users out, as a program. */
public final class KickableBackend {

    private KickableBackend() {}

    /** Runs until it is ended. */
    public static void main(String... args) throws ServletException, InterruptedException {
        try (ServletServer server = new ServletServer().listener(Guests.class).endpoint(KickableDrawing.class)) {
            server.start(BackendEnvironment.current().port());
            new CountDownLatch(1).await();
        }
    }
}
