package com.jamsocket.backend.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.backend.KickSigner;
import com.jamsocket.backend.Kicks;
import com.jamsocket.backend.ProxyClient;
import com.jamsocket.backend.ServletServer;
import com.jamsocket.backend.VerifiedRequest;
import com.jamsocket.backend.servlet.VerifiedRequestFilter;
import jakarta.websocket.CloseReason;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifiedRequestConfiguratorTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final AtomicInteger OPENED = new AtomicInteger();

    // Servers make endpoints and configurators themselves.
    private static Kicks kicks;
    private static CountDownLatch handshakes;

    private final ServletServer server = new ServletServer()
            .filter(new VerifiedRequestFilter(request -> request.hasSecret("S3CRET")), "/guarded/*")
            .endpoint(Drawing.class)
            .endpoint(GuardedDrawing.class)
            .endpoint(Open.class);
    private ProxyClient client;

    @BeforeEach
    void start() throws Exception {
        kicks = new Kicks(KEY, "b1");
        handshakes = new CountDownLatch(0);
        OPENED.set(0);
        client = new ProxyClient(server.start());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void tellsTheEndpointWhoIsThere() throws Exception {
        try (ProxyClient.WebSocket socket = client.as("änn", "S3CRET").webSocket("/draw")) {
            assertThat(socket.status()).isEqualTo(101);
            assertThat(socket.next()).isEqualTo("hello änn {name=änn} b1");
            socket.send("who");
            assertThat(socket.next()).isEqualTo("you are änn");
        }
    }

    @Test
    void letsNothingElseIn() throws Exception {
        for (ProxyClient other : List.of(client, client.as("ann", "s3cret"), client.as("ann", ""))) {
            try (ProxyClient.WebSocket socket = other.webSocket("/draw")) {
                assertThat(socket.status()).isNotEqualTo(101);
            }
        }
        assertThat(OPENED).hasValue(0);
    }

    @Test
    void isRefusedWith403BehindTheServletFilter() throws Exception {
        try (ProxyClient.WebSocket socket = client.as("ann", "s3cret").webSocket("/guarded/draw")) {
            assertThat(socket.status()).isEqualTo(403);
        }
        try (ProxyClient.WebSocket socket = client.as("ann", "S3CRET").webSocket("/guarded/draw")) {
            assertThat(socket.next()).isEqualTo("hello ann {name=ann} b1");
        }
    }

    @Test
    void saysWhatIsMissingInAnotherEndpoint() throws Exception {
        try (ProxyClient.WebSocket socket = client.as("ann", "S3CRET").webSocket("/open")) {
            assertThat(socket.next()).contains("VerifiedRequestConfigurator");
        }
    }

    @Test
    void keepsUsersApartWhoComeAtTheSameTime() throws Exception {
        int users = 8;
        handshakes = new CountDownLatch(users);
        ExecutorService threads = Executors.newFixedThreadPool(users);
        List<Future<String>> greetings = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            String user = "user" + i;
            greetings.add(threads.submit(() -> {
                try (ProxyClient.WebSocket socket = client.as(user, "S3CRET").webSocket("/draw")) {
                    return socket.next();
                }
            }));
        }
        for (int i = 0; i < users; i++) {
            assertThat(greetings.get(i).get()).isEqualTo("hello user" + i + " {name=user" + i + "} b1");
        }
        threads.shutdown();
    }

    @Test
    void closesTheSocketsOfAUserWhoIsKickedAndRefusesNewOnes() throws Exception {
        try (ProxyClient.WebSocket ann = client.as("ann", "S3CRET").webSocket("/draw");
                ProxyClient.WebSocket bob = client.as("bob", "S3CRET").webSocket("/draw")) {
            ann.next();
            bob.next();

            kicks.accept(new KickSigner(KEY).kick("b1", "ann"));

            assertThat(ann.next()).isEqualTo("close 1008 kicked");
            bob.send("who");
            assertThat(bob.next()).isEqualTo("you are bob");
            try (ProxyClient.WebSocket again = client.as("ann", "S3CRET").webSocket("/draw")) {
                assertThat(again.status()).isNotEqualTo(101);
            }
        }
    }

    public static class ProxyOnly extends VerifiedRequestConfigurator {
        public ProxyOnly() {
            super(request -> request.hasSecret("S3CRET") && kicks.admits(request));
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            super.modifyHandshake(config, request, response);
            // All have been here before one goes on.
            handshakes.countDown();
            try {
                assertThat(handshakes.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @ServerEndpoint(value = "/draw", configurator = ProxyOnly.class)
    public static class Drawing {
        private Kicks.Registration registration;

        @OnOpen
        public void open(Session session) throws IOException {
            OPENED.incrementAndGet();
            VerifiedRequest request = VerifiedRequestConfigurator.of(session);
            registration = kicks.opened(
                    request, () -> session.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "kicked")));
            session.getBasicRemote()
                    .sendText("hello " + request.username() + " " + request.userData() + " " + request.backendId());
        }

        @OnMessage
        public String hear(String message, Session session) {
            return "you are " + VerifiedRequestConfigurator.of(session).username();
        }

        @OnClose
        public void close() {
            registration.close();
        }
    }

    @ServerEndpoint(value = "/guarded/draw", configurator = ProxyOnly.class)
    public static class GuardedDrawing extends Drawing {}

    @ServerEndpoint("/open")
    public static class Open {
        @OnOpen
        public void open(Session session) throws IOException {
            try {
                VerifiedRequestConfigurator.of(session);
            } catch (IllegalStateException e) {
                session.getBasicRemote().sendText(e.getMessage());
            }
        }
    }
}
