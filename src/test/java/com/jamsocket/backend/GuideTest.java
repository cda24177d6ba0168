package com.jamsocket.backend;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.backend.Backends;
import com.example.backend.Drawing;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

/** The backends that docs/backend.md shows run. */
class GuideTest {

    @Test
    void theBackendOnTheJdkGreetsItsUser() throws Exception {
        HttpServer server = Backends.greeting();
        try {
            ProxyClient client = new ProxyClient(server.getAddress().getPort());
            assertThat(client.as("änn", "S3CRET").get("/").body()).isEqualTo("Hello, änn\n");
            assertThat(client.get("/").body()).isEqualTo("Hello, stranger\n");
            assertThat(client.ask("HEAD", "/", "").status()).isEqualTo(200);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theDrawingIsSeenByTheOthers() throws Exception {
        try (ServletServer server = new ServletServer().endpoint(Drawing.class)) {
            ProxyClient client = new ProxyClient(server.start());
            try (ProxyClient.WebSocket ann = client.as("änn", "").webSocket("/draw");
                    ProxyClient.WebSocket bob = client.as("bob", "").webSocket("/draw")) {
                assertThat(ann.status()).isEqualTo(101);
                eventually("änn's socket is open to the endpoint too", () -> {
                    bob.send("ready?");
                    return ann.hasNext();
                });
                assertThat(ann.next()).isEqualTo("bob: ready?");
                ann.send("0,0 1,1");
                assertThat(bob.next()).isEqualTo("änn: 0,0 1,1");

                Backends.endDrawing();

                assertThat(bob.next()).isEqualTo("close 1001 the backend ends");
            }
        }
    }
}
