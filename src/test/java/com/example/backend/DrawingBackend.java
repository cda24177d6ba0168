package com.example.backend;

// snippet: tyrus
import com.jamsocket.backend.BackendEnvironment;
import com.jamsocket.backend.GracefulShutdown;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.glassfish.tyrus.server.Server;

public final class DrawingBackend {

    public static void main(String... args) throws Exception {
        int port = BackendEnvironment.current().port();
        Server server = new Server("0.0.0.0", port, "/", Map.of(), Drawing.class);
        server.start();
        GracefulShutdown.builder()
                .step("close the sockets", Duration.ofSeconds(5), Drawing::closeAll)
                .step("stop the server", Duration.ofSeconds(10), server::stop)
                .install();
        new CountDownLatch(1).await();
    }
}
// end
