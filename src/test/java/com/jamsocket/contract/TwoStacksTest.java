package com.jamsocket.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.UnauthorizedException;
import com.jamsocket.contract.RestImplementation.Trait;
import com.jamsocket.testkit.Way;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What settings of the JVM and of the builder do, whichever of the two HTTP clients a request goes by. */
@Tag("contract")
class TwoStacksTest {

    private static final String BACKEND = "{\"backend_id\":\"b1\",\"spawned\":true,\"status\":\"scheduled\","
            + "\"token\":\"tok\",\"url\":\"http://localhost:9/tok/\",\"status_url\":\"http://localhost:9/s\","
            + "\"ready_url\":\"\"}";
    private static final String STATE = "{\"status\":\"ready\",\"time\":\"2024-11-04T20:42:21.123Z\"}";

    private interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final RestImplementation implementation = RestImplementation.present();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final ProxySelector proxies = ProxySelector.getDefault();
    private HttpServer server;
    private Behaviour behaviour = TwoStacksTest::understood;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                seen.add(exchange.getRequestURI() + " cookie "
                        + exchange.getRequestHeaders().getFirst("Cookie") + " X-A "
                        + exchange.getRequestHeaders().getFirst("X-A"));
                behaviour.answer(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        ProxySelector.setDefault(proxies);
        Authenticator.setDefault(null);
        server.stop(0);
        threads.shutdownNow();
    }

    private static void understood(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Set-Cookie", "a=b; Path=/");
        send(exchange, 200, exchange.getRequestURI().getPath().endsWith("connect") ? BACKEND : STATE);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private Jamsocket.Builder client(URI server) {
        return Jamsocket.builder()
                .apiUrl(server)
                .account("a")
                .token("t")
                .service("s")
                .header("X-A", "1")
                .readTimeout(Duration.ofSeconds(20))
                .retryTime(Duration.ZERO);
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private @Nullable Throwable failure(Way way, Jamsocket.Builder builder) {
        try (Jamsocket client = builder.build()) {
            return catchThrowable(() -> way.go(client));
        }
    }

    private boolean asksProxySelector(Way way) {
        return way != Way.CALL || implementation.has(Trait.ASKS_PROXY_SELECTOR);
    }

    @ParameterizedTest
    @EnumSource
    void theProxyOfTheMomentIsUsed(Way way) {
        try (Jamsocket client = client(url()).build()) {
            way.go(client);
            seen.clear();
            if (asksProxySelector(way)) {
                ProxySelector.setDefault(new OneProxy(server.getAddress()));
                // Kept connections are those without a proxy; the server takes the part of the proxy.
                try (Jamsocket other = client(URI.create("http://api.invalid")).build()) {
                    way.go(other);
                }
                assertThat(seen).isNotEmpty().allMatch(request -> request.startsWith("http://api.invalid/"));
                seen.clear();
                way.go(client);
                assertThat(seen).isNotEmpty().allMatch(request -> request.startsWith("http://127.0.0.1"));
            }

            boolean needed = way == Way.CALL && implementation.has(Trait.NEEDS_PROXY_SELECTOR);
            ProxySelector.setDefault(needed ? ProxySelector.of(null) : null);
            seen.clear();
            way.go(client);
            assertThat(seen).isNotEmpty().allMatch(request -> request.startsWith("/v2/"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProxyIsGivenTheCredentialsOfTheAuthenticator(Way way) {
        assumeTrue(
                way != Way.CALL || implementation.has(Trait.ASKS_AUTHENTICATOR),
                "calls of this implementation ask no authenticator");
        ProxySelector.setDefault(new OneProxy(server.getAddress()));
        Authenticator.setDefault(new ForProxies("ann", "secret"));
        List<String> letIn = new CopyOnWriteArrayList<>();
        behaviour = exchange -> {
            String credentials = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
            if ("Basic YW5uOnNlY3JldA==".equals(credentials)) {
                letIn.add(exchange.getRequestURI().getPath());
                understood(exchange);
            } else {
                exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=\"way out\"");
                send(exchange, 407, "");
            }
        };
        try (Jamsocket client = client(URI.create("http://api.invalid")).build()) {
            way.go(client);
            way.go(client);
        }

        assertThat(letIn).hasSizeGreaterThan(1);
        if (way == Way.STREAM) {
            assertThat(letIn).contains("/v2/backend/b1/status/stream");
        }
    }

    @ParameterizedTest
    @EnumSource
    void credentialsThatAProxyRefusesAreATypedException(Way way) {
        ProxySelector.setDefault(new OneProxy(server.getAddress()));
        Authenticator.setDefault(new ForProxies("ann", "wrong " + way));
        behaviour = exchange -> {
            exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=\"" + way + "\"");
            send(exchange, 407, "");
        };

        assertThat(failure(way, client(URI.create("http://api.invalid")))).isInstanceOf(JamsocketException.class);
    }

    @ParameterizedTest
    @EnumSource
    void anAuthenticatorForProxiesLeavesRefusalsOfTheServerAsTheyAre(Way way) {
        Authenticator.setDefault(new ForProxies("ann", "secret"));
        behaviour = exchange -> send(exchange, 401, "");

        assertThat(failure(way, client(url()))).isInstanceOf(UnauthorizedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void fixedHeadersAreSentAndCookiesAreNot(Way way) {
        try (Jamsocket client = client(url()).build()) {
            way.go(client);
            way.go(client);
        }

        assertThat(seen).hasSizeGreaterThan(1).allMatch(request -> request.endsWith("cookie null X-A 1"));
    }

    @ParameterizedTest
    @EnumSource
    void aFilterThatAnswersTakesThePartOfTheServer(Way way) {
        ClientRequestFilter filter =
                context -> context.abortWith(Response.status(403).entity("no").build());

        assertThat(failure(way, client(url()).register(filter))).isInstanceOf(UnauthorizedException.class);
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFilterThatFailsFailsTheRequest(Way way) {
        ClientRequestFilter filter = context -> {
            throw new IOException("the vault is closed");
        };

        assertThat(failure(way, client(url()).register(filter)))
                .isInstanceOf(JamsocketConnectionException.class)
                .hasStackTraceContaining("the vault is closed");
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noneFollowsToAnotherOrigin(Way way) {
        behaviour = exchange -> {
            exchange.getResponseHeaders().add("Location", "http://other.invalid/elsewhere");
            send(exchange, 307, "");
        };

        assertThat(failure(way, client(url())))
                .isInstanceOfSatisfying(JamsocketApiException.class, refusal -> assertThat(refusal.statusCode())
                        .isEqualTo(307))
                .hasMessageContaining("redirected to another origin, http://other.invalid:80, which is not followed")
                .hasMessageNotContaining("elsewhere");
    }

    @ParameterizedTest
    @EnumSource
    void a401WithoutAChallengeIsAMatterOfCredentials(Way way) {
        behaviour = exchange -> send(exchange, 401, "");

        assertThat(failure(way, client(url()))).isInstanceOf(UnauthorizedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aHandshakeThatIsNeverAnsweredEndsInTime(Way way) throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("https://127.0.0.1:" + mute.getLocalPort());

            Jamsocket.Builder hurried =
                    client(url).connectTimeout(Duration.ofSeconds(1)).readTimeout(Duration.ofMillis(500));

            assertThat(failure(way, hurried)).isInstanceOf(JamsocketConnectionException.class);
        }
    }

    private enum Odd {
        CONTENT_LENGTH_OF_20_DIGITS("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}"),
        CONTENT_TYPE("HTTP/1.1 200 OK\r\nContent-Type: ;;;///\r\nContent-Length: 2\r\n\r\n{}"),
        HTTP_0_9("{\"status\":\"ready\"}\n"),
        STALE_408("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        NO_STATUS("HTTP/1.1 \r\n\r\n"),
        HALF_A_HEAD("HTTP/1.1 200 OK\r\nContent-Le"),
        NUL("HTTP/1.1 200 OK\r\nA: \0\r\nContent-Length: 2\r\n\r\n{}");

        private final String answer;

        Odd(String answer) {
            this.answer = answer;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOddAnswerIsATypedException(Odd odd) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var answering = threads.submit(() -> answerAll(socket, odd.answer));
            URI url = URI.create("http://127.0.0.1:" + socket.getLocalPort());
            for (Way way : Way.values()) {
                assertThat(failure(way, client(url))).as("%s", way).isInstanceOf(JamsocketException.class);
            }
            answering.cancel(true);
        }
    }

    private static void answerAll(ServerSocket socket, String answer) {
        while (true) {
            try (var connection = socket.accept()) {
                byte[] request = new byte[8192];
                int read = connection.getInputStream().read(request);
                if (read > 0) {
                    connection.getOutputStream().write(answer.getBytes(UTF_8));
                }
            } catch (IOException e) {
                if (socket.isClosed()) {
                    return;
                }
            }
        }
    }

    private static final class ForProxies extends Authenticator {
        private final PasswordAuthentication credentials;

        ForProxies(String user, String password) {
            credentials = new PasswordAuthentication(user, password.toCharArray());
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY ? credentials : null;
        }
    }

    private static final class OneProxy extends ProxySelector {
        private final InetSocketAddress address;

        OneProxy(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(new Proxy(Proxy.Type.HTTP, address));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
    }
}
