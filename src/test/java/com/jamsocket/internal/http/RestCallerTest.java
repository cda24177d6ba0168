package com.jamsocket.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.KeyHeldException;
import com.jamsocket.RateLimitedException;
import com.jamsocket.UnauthorizedException;
import com.jamsocket.internal.wire.Call;
import com.sun.net.httpserver.HttpServer;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestCallerTest {

    private static final Call CONNECT = new Call("POST", "v2/connect", "{\"a\":\"ü\"}", true, null, true);
    private static final Call STATUS = new Call("GET", "v2/backend/b%2F1/status", null, false, "b/1", true);

    private HttpServer server;
    private final AtomicReference<Received> received = new AtomicReference<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sendsMethodPathBodyAndHeaders() {
        answer(200, "{}");

        call(CONNECT);

        Received request = received.get();
        assertThat(request.line).isEqualTo("POST /base/v2/connect");
        assertThat(request.body).isEqualTo("{\"a\":\"ü\"}");
        assertThat(request.headers.get("Content-type")).containsExactly("application/json");
        assertThat(request.headers.get("Authorization")).containsExactly("Bearer tok");
        assertThat(request.headers.get("X-fixed")).containsExactly("yes");
        assertThat(request.headers.get("X-filter")).containsExactly("was here");
    }

    @Test
    void sendsTheTokenOnlyWhereItIsNeededAndKeepsThePathEncoded() {
        answer(200, "{}");

        call(STATUS);

        assertThat(received.get().line).isEqualTo("GET /base/v2/backend/b%2F1/status");
        assertThat(received.get().headers).doesNotContainKey("Authorization");
        assertThat(received.get().headers.get("X-fixed")).containsExactly("yes");
    }

    @Test
    void givesTheBodyOfAnAnswer() {
        answer(200, "{\"x\":1}");

        assertThat(call(STATUS)).asString(StandardCharsets.UTF_8).isEqualTo("{\"x\":1}");
    }

    @Test
    void saysWhatTheApiRefused() {
        answer(
                404,
                "{\"error\":{\"message\":\"no such backend\",\"status\":404,\"code\":\"NotFound\",\"id\":\"abc\"}}");

        BackendNotFoundException e = catchThrowableOfType(BackendNotFoundException.class, () -> call(STATUS));

        assertThat(e.statusCode()).isEqualTo(404);
        assertThat(e.kind()).isEqualTo("NotFound");
        assertThat(e.serverMessage()).isEqualTo("no such backend");
        assertThat(e.errorId()).isEqualTo("abc");
        assertThat(e).hasMessageContainingAll("404", "NotFound", "no such backend", "abc", "v2/backend");
    }

    @Test
    void saysWhatPlaneRefused() {
        answer(409, "{\"id\":\"q1\",\"kind\":\"KeyHeld\",\"message\":\"Lock is held but tag does not match.\"}");

        assertThatThrownBy(() -> call(CONNECT)).isInstanceOf(KeyHeldException.class);
    }

    @Test
    void saysWhatTheDevelopmentServerRefused() {
        answer(
                409,
                "HTTPError: Failed to spawn backend: 409 Conflict - {\"id\":\"q\",\"kind\":\"KeyHeld\",\"message\":\"m\"}");

        assertThatThrownBy(() -> call(CONNECT)).isInstanceOf(KeyHeldException.class);
    }

    @Test
    void a401IsAMatterOfCredentials() {
        answer(401, "Unauthorized");

        assertThatThrownBy(() -> call(CONNECT))
                .isInstanceOf(UnauthorizedException.class)
                .hasMessageContaining("Unauthorized")
                .hasMessageNotContaining("tok");
    }

    @Test
    void a429TellsWhenToComeBack() {
        respond(429, "", Map.of("Retry-After", "7"));

        RateLimitedException e = catchThrowableOfType(RateLimitedException.class, () -> call(CONNECT));

        assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(e.isRetryable()).isTrue();
        assertThat(e.body()).isEmpty();
    }

    @Test
    void a500WithAPageOfHtmlShowsItsBeginning() {
        answer(500, "<html>" + "x".repeat(1000));

        JamsocketApiException e = catchThrowableOfType(JamsocketApiException.class, () -> call(CONNECT));

        assertThat(e.statusCode()).isEqualTo(500);
        assertThat(e.kind()).isNull();
        assertThat(e.getMessage()).contains("<html>").hasSizeLessThan(300);
        assertThat(e.body()).hasSize(1006);
    }

    @Test
    void a404ForAServiceIsNoMissingBackend() {
        answer(404, "");

        assertThatThrownBy(() -> call(CONNECT)).isExactlyInstanceOf(JamsocketApiException.class);
    }

    @Test
    void aRedirectIsNotFollowed() {
        respond(302, "", Map.of("Location", "http://127.0.0.1:1/"));

        assertThatThrownBy(() -> call(CONNECT))
                .isInstanceOf(JamsocketApiException.class)
                .hasMessageContaining("302");
    }

    @Test
    void anAnswerOverOneMebibyteIsNotRead() {
        answer(200, "x".repeat(RestCaller.MAX_BODY + 1));

        assertThatThrownBy(() -> call(STATUS))
                .isInstanceOf(JamsocketProtocolException.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void anAnswerOfOneMebibyteIsRead() {
        answer(200, "x".repeat(RestCaller.MAX_BODY));

        assertThat(call(STATUS)).hasSize(RestCaller.MAX_BODY);
    }

    @Test
    void aServerThatIsDownWasNotSentAnything() {
        server.stop(0);

        JamsocketConnectionException e = catchThrowableOfType(JamsocketConnectionException.class, () -> call(CONNECT));

        assertThat(e.mayHaveBeenSent()).isFalse();
        assertThat(e).hasMessageContaining("no connection to http://127.0.0.1");
    }

    @Test
    void aServerThatDoesNotAnswerInTimeMayHaveBeenReached() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RestCaller caller = caller(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"), "PT0.2S")) {
            JamsocketConnectionException e =
                    catchThrowableOfType(JamsocketConnectionException.class, () -> caller.call(CONNECT));

            assertThat(e.mayHaveBeenSent()).isTrue();
            assertThat(e).hasMessageContaining("within PT0.2S");
        }
    }

    @Test
    void aConnectionThatBreaksMayHaveBeenReached() throws Exception {
        try (ServerSocket broken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RestCaller caller = caller(URI.create("http://127.0.0.1:" + broken.getLocalPort() + "/"), "PT5S")) {
            CountDownLatch stop = new CountDownLatch(1);
            Thread hangUp = new Thread(() -> hangUp(broken, stop), "hang-up");
            hangUp.start();

            JamsocketConnectionException e =
                    catchThrowableOfType(JamsocketConnectionException.class, () -> caller.call(STATUS));

            assertThat(e.mayHaveBeenSent()).isTrue();
            assertThat(e).hasMessageContaining("broke before an answer");
            stop.countDown();
            broken.close();
            hangUp.join();
        }
    }

    @Test
    void aClosedCallerSaysSo() {
        answer(200, "{}");
        RestCaller caller = caller(base(), "PT5S");
        caller.close();

        assertThatThrownBy(() -> caller.call(STATUS)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void showsNoSecretOfItsSettings() {
        assertThat(settings(base(), "PT5S").toString()).doesNotContain("tok").contains("127.0.0.1");
        assertThat(new FixedHeaders(Map.of("Authorization", "hush")).toString()).doesNotContain("hush");
    }

    private static void hangUp(ServerSocket server, CountDownLatch stop) {
        while (stop.getCount() > 0) {
            try (Socket socket = server.accept()) {
                socket.setSoLinger(true, 0);
                assertThat(socket.getInputStream().read()).isPositive();
            } catch (IOException e) {
                return;
            }
        }
    }

    private byte[] call(Call call) {
        try (RestCaller caller = caller(base(), "PT10S")) {
            return caller.call(call);
        }
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base/");
    }

    private static RestCaller caller(URI base, String readTimeout) {
        return new RestCaller(settings(base, readTimeout), client -> {});
    }

    private static HttpSettings settings(URI base, String readTimeout) {
        ClientRequestFilter filter = request -> request.getHeaders().putSingle("X-Filter", "was here");
        return new HttpSettings(
                base,
                "tok",
                Map.of("X-Fixed", "yes"),
                Duration.ofSeconds(5),
                Duration.parse(readTimeout),
                null,
                List.of(filter));
    }

    private void answer(int status, String body) {
        respond(status, body, Map.of());
    }

    private void respond(int status, String body, Map<String, String> headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            received.set(new Received(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            } catch (IOException e) {
                // The client reads no further than it wants to.
                exchange.close();
            }
        });
    }

    private record Received(String line, Map<String, List<String>> headers, String body) {}
}
