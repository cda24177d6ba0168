package com.jamsocket.dev;

import static com.jamsocket.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendStatus;
import com.jamsocket.testkit.Heap;
import com.jamsocket.testkit.Http;
import com.jamsocket.testkit.RawClient;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way through the proxy to what really runs, byte for byte. */
@Timeout(120)
class TunnelTest {

    private static final long LARGE = 64L << 20;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static JamsocketDevServer server;
    private static Http http;
    private static JsonObject response;

    @BeforeAll
    static void start() {
        server = JamsocketDevServer.builder()
                .launcher(Launcher.command(ProcessBackend.command()))
                .start();
        http = Http.of(server);
        response = http.connect("{\"key\":\"k\",\"user\":\"änn\",\"auth\":{\"role\":\"editor\"}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String path(String path) {
        return "/" + response.getString("token") + path;
    }

    private static URI url(String scheme, String path) {
        return URI.create(server.connectionUrl().toString().replaceFirst("http", scheme))
                .resolve(path(path));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url("http", path));
    }

    @Test
    void showsABackendWhoComesAndNothingThatWasForged() throws IOException {
        try (RawClient client = new RawClient(server.connectionUrl())) {
            client.get(
                    path("/a%20b?x=1"),
                    "Connection: keep-alive, x-verified-username, x-verified-secret, x-forwarded-for",
                    "X-Verified-Username: forged",
                    "x-forwarded-for: 1.2.3.4",
                    "x-own: 1",
                    "X-Own: 2");
            RawClient.Response answer = client.answer();
            assertThat(answer.body())
                    .startsWith("GET /a%20b?x=1 HTTP/1.1\n")
                    .contains("x-own=1|2", "x-verified-username=änn", "x-verified-user-data={\"role\":\"editor\"}")
                    .contains(
                            "x-verified-path=" + path("/a%20b"), "x-forwarded-for=127.0.0.1", "x-forwarded-proto=http")
                    .contains("x-verified-backend=" + response.getString("backend_id"), "host=localhost")
                    .contains("x-verified-secret=" + response.getString("secret_token"))
                    .doesNotContain("forged", "1.2.3.4");
            assertThat(answer.headers())
                    .containsEntry("x-plane-backend-id", response.getString("backend_id"))
                    .containsEntry("access-control-allow-headers", "*, Authorization");
        }
    }

    @Test
    void keepsBothConnectionsForOneRequestAfterTheOther() throws IOException {
        try (RawClient client = new RawClient(server.connectionUrl())) {
            // Two at once: the second waits for the answer to the first.
            client.send(("GET " + path("/1") + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(2));
            assertThat(client.answer().body()).contains("GET /1");
            assertThat(client.answer().body()).contains("GET /1");
            client.send("HEAD " + path("/") + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.answerWithoutBody().headers().get("content-length"))
                    .isNotEqualTo("0");
            client.post(path("/sink"), "abc");
            assertThat(client.answer().body()).isEqualTo("3 bytes");
            client.send("POST " + path("/sink") + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3;ext=1\r\nabc\r\n0a\r\n0123456789\r\n0\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("13 bytes");
            client.get(path("/cors"));
            RawClient.Response own = client.answer();
            assertThat(own.headers())
                    .containsEntry("access-control-allow-origin", "https://example.org")
                    .doesNotContainKey("access-control-allow-methods");
            // And those of the proxy itself on the same connection.
            assertThat(client.get("/ready").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void passesEveryHeaderAndInterimAnswers() throws IOException {
        try (RawClient client = new RawClient(server.connectionUrl())) {
            client.get(path("/early"));
            assertThat(client.head()).startsWith("HTTP/1.1 103 Early Hints").contains("link: </a>");
            String head = client.head();
            assertThat(head).startsWith("HTTP/1.1 200 OK").contains("set-cookie: a\r\nset-cookie: b");
            client.until("early");

            client.send("POST " + path("/sink")
                    + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.send("abc").answer().body()).isEqualTo("3 bytes");

            client.get(path("/close"));
            assertThat(client.head()).startsWith("HTTP/1.1 200 Fine").contains("connection: close");
            assertThat(client.rest()).isEqualTo("until close");
        }
    }

    @Test
    void streamsEventsAsTheyComeAndTheEndOfOneDirection() throws Exception {
        int before = server.connections();
        try (Socket socket = new Socket(
                server.connectionUrl().getHost(), server.connectionUrl().getPort())) {
            socket.setSoTimeout(20_000);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path("/events") + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n")
                    .getBytes(UTF_8));
            readUntil(in, "\r\n\r\n");
            for (int i = 0; i < 3; i++) {
                out.write('x');
                assertThat(readUntil(in, "\n\n")).isEqualTo("data: " + i + "\n\n");
            }
            socket.shutdownOutput();
            assertThat(readUntil(in, "\n\n")).isEqualTo("data: end\n\n");
            assertThat(in.read()).isEqualTo(-1);
        }
        // Connections of tests before this one may end meanwhile.
        eventually("the client to be missed", () -> server.connections() <= before);
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder all = new StringBuilder();
        while (all.indexOf(end) < 0) {
            int next = in.read();
            assertThat(next).as("after %s", all).isNotNegative();
            all.append((char) next);
        }
        return all.toString();
    }

    @Test
    void echoesAWebSocket() throws Exception {
        Echo echo = new Echo();
        WebSocket socket =
                CLIENT.newWebSocketBuilder().buildAsync(url("ws", "/ws"), echo).get(20, TimeUnit.SECONDS);
        socket.sendText("hällo", true).get(20, TimeUnit.SECONDS);
        eventually("an echo", () -> String.join("", echo.text).equals("hällo"));
        ByteBuffer part = ByteBuffer.allocate(60_000);
        for (int i = 0; i < 50; i++) {
            socket.sendBinary(part.duplicate(), true).get(20, TimeUnit.SECONDS);
        }
        eventually("all bytes", () -> echo.bytes.get() == 50 * 60_000);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "done").get(20, TimeUnit.SECONDS);
        assertThat(echo.closed.get(20, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
    }

    private static final class Echo implements WebSocket.Listener {

        private final Queue<CharSequence> text = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final AtomicLong bytes = new AtomicLong();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            bytes.addAndGet(data.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }
    }

    @Test
    void carriesBodiesOfAnyLength() throws Exception {
        HttpResponse<String> sunk = CLIENT.send(
                request("/sink")
                        .POST(BodyPublishers.ofInputStream(() -> new Zeros(LARGE)))
                        .timeout(Duration.ofSeconds(100))
                        .build(),
                BodyHandlers.ofString());
        assertThat(sunk.body()).isEqualTo(LARGE + " bytes");
        HttpResponse<InputStream> source =
                CLIENT.send(request("/source?" + LARGE).build(), BodyHandlers.ofInputStream());
        try (InputStream body = source.body()) {
            assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(LARGE);
        }
    }

    private static final class Zeros extends InputStream {

        private long left;

        Zeros(long count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            left -= count;
            return count;
        }
    }

    @Test
    void letsABackendWaitForASlowReaderAndNobodyElse() throws Exception {
        try (Socket slow = new Socket(
                server.connectionUrl().getHost(), server.connectionUrl().getPort())) {
            slow.setSoTimeout(20_000);
            slow.getOutputStream()
                    .write(("GET " + path("/source?" + (1L << 30)) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(UTF_8));
            readUntil(slow.getInputStream(), "\r\n\r\n");
            long before = Heap.used();
            for (int i = 0; i < 50; i++) {
                assertThat(http.get(path("/" + i)).statusCode()).isEqualTo(200);
            }
            assertThat(Heap.used() - before).isLessThan(64L << 20);
        }
    }

    @Test
    void holdsRequestsUntilTheProcessAnswersAndSaysGoneAfterwards() throws Exception {
        JsonObject other = http.connect("{}");
        String path = "/" + other.getString("token") + "/x";
        try (RawClient client = new RawClient(server.connectionUrl())) {
            client.post(path, "body");
            assertThat(client.answer().body()).startsWith("POST /x");
        }
        CompletableFuture<HttpResponse<String>> last = http.getLater("/" + other.getString("token") + "/exit?0");
        DevBackend backend = server.backend(other.getString("backend_id"));
        eventually("its end", () -> backend.state().status() == BackendStatus.TERMINATED);
        assertThat(last.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(502);
        assertThat(http.get(path).statusCode()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void saysThatABackendAnswersWithNonsense(String method) {
        HttpResponse<String> answer = http.method(method, path("/nonsense"));
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains(response.getString("backend_id"), "did not answer");
        assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("*");
    }

    @Test
    void keepsABackendWithAnOpenWebSocket() throws Exception {
        JsonObject idle = http.connect("{\"spawn\":{\"max_idle_seconds\":3}}");
        DevBackend backend = server.backend(idle.getString("backend_id"));
        URI url = URI.create(server.connectionUrl().toString().replaceFirst("http", "ws"))
                .resolve("/" + idle.getString("token") + "/ws");
        WebSocket socket =
                CLIENT.newWebSocketBuilder().buildAsync(url, new Echo()).get(20, TimeUnit.SECONDS);
        String unused = http.connect("{\"spawn\":{\"max_idle_seconds\":3}}").getString("backend_id");
        eventually("the other to be swept", () -> http.statusOf(unused).equals("terminated"));
        assertThat(backend.state().status()).isEqualTo(BackendStatus.READY);
        socket.abort();
        eventually("it to be swept", () -> backend.state().status() == BackendStatus.TERMINATED);
    }
}
