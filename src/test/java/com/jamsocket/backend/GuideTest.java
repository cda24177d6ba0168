package com.jamsocket.backend;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.backend.Backends;
import com.example.backend.Board;
import com.example.backend.ComputingBackend;
import com.example.backend.Connections;
import com.example.backend.Drawing;
import com.example.backend.DrawingBackend;
import com.example.backend.GreetingBackend;
import com.example.backend.Guard;
import com.example.backend.KickableBackend;
import com.example.backend.Kicking;
import com.example.backend.WebGuard;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.SpawnOptions;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Launcher;
import com.jamsocket.test.BackendContract;
import com.jamsocket.testkit.Jvm;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
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
    void theProgramsKeepTheContract() {
        for (Class<?> program : List.of(GreetingBackend.class, DrawingBackend.class)) {
            BackendContract.verify(command(program));
        }
    }

    @Test
    void aUserWhoIsKickedIsOut() throws Exception {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        SpawnOptions withTheKey = SpawnOptions.builder()
                .env("KICK_KEY", Base64.getEncoder().encodeToString(key))
                .build();
        try (JamsocketDevServer server = JamsocketDevServer.builder()
                        .launcher(Launcher.command(command(KickableBackend.class)))
                        .start();
                Jamsocket jamsocket = Jamsocket.dev(server.port())) {
            ConnectRequest.Builder request =
                    ConnectRequest.builder().key("board").spawn(withTheKey);
            ConnectResponse bob = jamsocket.connect(request.user("bob").build());
            ConnectResponse application =
                    jamsocket.connect(request.user("application").build());
            jamsocket.awaitReady(bob.backendId(), Duration.ofSeconds(60));
            CompletableFuture<Integer> closed = new CompletableFuture<>();
            HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(bob.webSocketUrl("sketch"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                            closed.complete(code);
                            return CompletableFuture.completedStage(null);
                        }
                    })
                    .get(30, TimeUnit.SECONDS);

            new Kicking(key).kick(application, "bob");

            assertThat(closed.get(30, TimeUnit.SECONDS)).isEqualTo(1008);
            assertThatThrownBy(() -> new Kicking(new byte[32]).kick(application, "bob"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("not kicked: 403");
        }
    }

    @Test
    void theFilterOfServletsLetsInWhatComesThroughTheProxy() throws Exception {
        try (ServletServer server =
                new ServletServer().filter(new WebGuard(), "/*").endpoint(Drawing.class)) {
            ProxyClient client = new ProxyClient(server.start());
            // Past the filter there is nothing at this path.
            assertThat(client.as("ann", "S3CRET").get("/nothing").status()).isEqualTo(404);
        }
    }

    /** What CDI injects there is asked on servers: {@code BackendIT}. */
    @Test
    void theResourceIsBehindTheFilterOfJakartaRest() throws Exception {
        VerifiedRequest ann = VerifiedRequest.of(Map.of("x-verified-username", List.of("ann")));
        org.glassfish.grizzly.http.server.HttpServer server = GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"),
                new ResourceConfig(Board.class, Guard.class)
                        .register(new AbstractBinder() {
                            @Override
                            protected void configure() {
                                bind(ann).to(VerifiedRequest.class);
                            }
                        })
                        .property(ServerProperties.WADL_FEATURE_DISABLE, true));
        try {
            ProxyClient client = new ProxyClient(server.getListener("grizzly").getPort());
            assertThat(client.as("ann", "").get("/board").body()).isEqualTo("The board of ann");
            // What no proxy sends, which only a filter sees.
            assertThat(client.with("x-verified-user-data", "[]").get("/board").status())
                    .isEqualTo(403);
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void theSecretsOfConnectionsAreKnown() {
        Connections connections = new Connections();
        connections.add("S3CRET");
        assertThat(connections.have(VerifiedRequest.of(Map.of("x-verified-secret", List.of("S3CRET")))))
                .isTrue();
        assertThat(connections.have(VerifiedRequest.of(Map.of("x-verified-secret", List.of("another")))))
                .isFalse();
    }

    /** In a JVM of its own, which it would end after ten minutes. */
    @Test
    void theOneThatEndsItselfComputes() throws Exception {
        Process process = new ProcessBuilder(command(ComputingBackend.class))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("computed");
        } finally {
            process.destroyForcibly().waitFor();
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

    private static String[] command(Class<?> program) {
        return Jvm.command(program.getName()).toArray(String[]::new);
    }
}
