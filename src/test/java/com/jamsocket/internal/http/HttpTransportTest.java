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
import com.jamsocket.internal.DaemonThreads;
import com.jamsocket.internal.SystemTicker;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Reply;
import com.jamsocket.internal.wire.ServerKind;
import com.sun.net.httpserver.HttpServer;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HttpTransportTest {

    private static final Call CONNECT = new Call("POST", "v2/connect", "{\"a\":\"ü\"}", true, null, true);
    private static final Call STATUS = new Call("GET", "v2/backend/b%2F1/status", null, false, "b/1", true);

    private static final SystemTicker TICKER = new SystemTicker("test-timer");
    private static final Executor IO = DaemonThreads.named("test-io").pool(2, Duration.ofSeconds(1));
    private static final Call CONNECT_ONCE = new Call("POST", "v2/connect", "{\"a\":\"ü\"}", true, null, false);

    private ServerKind server = ServerKind.API;
    private HttpServer http;
    private final AtomicReference<Received> received = new AtomicReference<>();

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    static Stream<Call> connects() {
        return Stream.of(CONNECT, CONNECT_ONCE);
    }

    @ParameterizedTest
    @MethodSource("connects")
    void sendsMethodPathBodyAndHeaders(Call connect) {
        answer(200, "{}");

        call(connect);

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
        server = ServerKind.PLANE;

        assertThatThrownBy(() -> call(CONNECT)).isInstanceOf(KeyHeldException.class);
    }

    @Test
    void saysWhatTheDevelopmentServerRefused() {
        answer(
                409,
                "HTTPError: Failed to spawn backend: 409 Conflict - {\"id\":\"q\","
                        + "\"kind\":\"KeyHeld\",\"message\":\"m\"}");
        server = ServerKind.DEV_SERVER;

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

    /** How a call goes out: by the Jakarta REST client, by the JDK's, and with no thread that waits. */
    enum Sent {
        BY_THE_CALLER(STATUS, false),
        WITHOUT_A_THREAD(STATUS, true),
        BY_POST(CONNECT, false),
        BY_POST_ONCE(CONNECT_ONCE, false);

        private final Call call;
        private final boolean async;

        Sent(Call call, boolean async) {
            this.call = call;
            this.async = async;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRedirectToAnotherOriginSaysWhereToAndWhyItIsNotFollowed(Sent sent) {
        respond(302, "", Map.of("Location", "http://127.0.0.1:1/S3CRET"));

        assertThat(refusal(sent))
                .hasMessageContaining("302 from " + sent.call
                        + ": redirected to another origin, http://127.0.0.1:1, which is not followed for the sake of"
                        + " the credentials; if that is where the server is, set its address")
                .hasMessageNotContaining("S3CRET");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "BY_POST.*")
    void aRedirectOfAGetIsNotFollowedForEverAndSaysSo(Sent sent) {
        respond(307, "", Map.of("Location", "/again"));

        assertThat(refusal(sent))
                .hasMessageContaining(
                        "307 from " + sent.call + ": redirected more than 5 times, at last within http://127.0.0.1:");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BY_POST.*")
    void aRedirectOfAPostWithinTheOriginSaysWhereToAndWhyItIsNotFollowed(Sent sent) {
        respond(307, "", Map.of("Location", "/elsewhere?for=S3CRET"));

        assertThat(refusal(sent))
                .hasMessageContaining(
                        "307 from " + sent.call + ": redirected to /elsewhere, which is not followed for a POST")
                .hasMessageNotContaining("S3CRET");
    }

    @ParameterizedTest
    @EnumSource
    void aRedirectToNowhereSaysSo(Sent sent) {
        respond(307, "", Map.of());
        assertThat(refusal(sent)).hasMessageContaining("307 from " + sent.call + ": redirected to no address");

        http.removeContext("/");
        respond(307, "", Map.of("Location", "http://[not-an-address"));
        assertThat(refusal(sent)).hasMessageContaining("307 from " + sent.call + ": redirected to no address");
    }

    @Test
    void aRedirectOfARequestFilterIsToldFromTheServers() {
        ClientRequestFilter filter =
                context -> context.abortWith(Response.temporaryRedirect(URI.create("http://login.invalid/S3CRET"))
                        .build());

        assertThat(refusal(CONNECT_ONCE, answerBy(CONNECT_ONCE, filter)))
                .hasMessageContaining("redirected to http://login.invalid/<redacted> by a request filter, which is not"
                        + " followed");
    }

    @Test
    void anAnswerOverOneMebibyteIsNotRead() {
        answer(200, "x".repeat(Reply.MAX_BODY + 1));

        assertThatThrownBy(() -> call(STATUS))
                .isInstanceOf(JamsocketProtocolException.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void anAnswerOfOneMebibyteIsRead() {
        answer(200, "x".repeat(Reply.MAX_BODY));

        assertThat(call(STATUS)).hasSize(Reply.MAX_BODY);
    }

    @Test
    void aRedirectOfAGetIsFollowedWithinTheOrigin() {
        respond(307, "", Map.of("Location", "/elsewhere"));
        http.createContext("/elsewhere", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });

        assertThat(call(STATUS)).asString(StandardCharsets.UTF_8).isEqualTo("{}");
    }

    @ParameterizedTest
    @MethodSource("connects")
    void anAnswerInAContentCodingThatWasNotAskedForIsRefusedByName(Call connect) {
        respond(200, "zipped", Map.of("Content-Encoding", "br"));

        assertThatThrownBy(() -> call(connect))
                .isInstanceOf(JamsocketProtocolException.class)
                .hasMessageContaining("content coding br");
        assertThat(received.get().headers.get("Accept-encoding")).containsExactly("identity");
    }

    @ParameterizedTest
    @MethodSource("connects")
    void aServerThatIsDownWasNotSentAnything(Call connect) {
        http.stop(0);

        JamsocketConnectionException e = catchThrowableOfType(JamsocketConnectionException.class, () -> call(connect));

        assertThat(e.mayHaveBeenSent()).isFalse();
        assertThat(e).hasMessageContaining("no connection to http://127.0.0.1");
    }

    @Test
    void aServerThatDoesNotAnswerInTimeMayHaveBeenReached() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpTransport caller =
                        caller(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"), "PT0.2S")) {
            JamsocketConnectionException e = catchThrowableOfType(
                    JamsocketConnectionException.class, () -> caller.send(CONNECT, Transport.FollowUps.HERE));

            assertThat(e.mayHaveBeenSent()).isTrue();
            assertThat(e).hasMessageContaining("within PT0.2S");
        }
    }

    @Test
    void aConnectionThatBreaksMayHaveBeenReached() throws Exception {
        try (ServerSocket broken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpTransport caller = caller(URI.create("http://127.0.0.1:" + broken.getLocalPort() + "/"), "PT5S")) {
            CountDownLatch stop = new CountDownLatch(1);
            Thread hangUp = new Thread(() -> hangUp(broken, stop), "hang-up");
            hangUp.start();

            JamsocketConnectionException e = catchThrowableOfType(
                    JamsocketConnectionException.class, () -> caller.send(STATUS, Transport.FollowUps.HERE));

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
        HttpTransport caller = caller(base(), "PT5S");
        caller.close();

        assertThatThrownBy(() -> caller.send(STATUS, Transport.FollowUps.HERE))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedCallerOpensNoConnectionForWhatIsSentOnce() {
        answer(200, "{}");
        HttpTransport caller = caller(base(), "PT5S");
        caller.close();

        assertThatThrownBy(() -> caller.send(CONNECT_ONCE, Transport.FollowUps.HERE))
                .isInstanceOf(RuntimeException.class);
        assertThat(received).hasValue(null);
    }

    static Stream<Throwable> thrownByFilters() {
        return Stream.of(new IllegalStateException("not today"), new AssertionError("broken"));
    }

    @ParameterizedTest
    @MethodSource("thrownByFilters")
    void whatAFilterThrowsIsTheCauseAndNothingIsSent(Throwable thrown) {
        answer(200, "{}");
        assertThatThrownBy(() -> sendOnceBy(request -> {
                    if (thrown instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) thrown;
                }))
                .isInstanceOf(JamsocketConnectionException.class)
                .hasRootCause(thrown);
        assertThat(received).hasValue(null);
    }

    static Stream<Arguments> valuesThatHttpDoesNotAllow() {
        return connects().flatMap(connect -> Stream.of("hush\n", "hush\r\nX-Other: hush", "hush\0", "hush\u007f")
                .map(value -> Arguments.of(connect, value)));
    }

    /** Such as a secret from a file that ends in a line break. */
    @ParameterizedTest
    @MethodSource("valuesThatHttpDoesNotAllow")
    void aHeaderThatHttpDoesNotAllowIsNotSentAndNotShown(Call connect, String value) {
        answer(200, "{}");
        assertThatThrownBy(() -> sendBy(connect, request -> request.getHeaders().putSingle("X-Bad", value)))
                .isInstanceOfSatisfying(JamsocketConnectionException.class, failure -> {
                    assertThat(failure).hasMessageContaining("X-Bad").hasMessageContaining("v2/connect");
                    assertThat(failure.mayHaveBeenSent()).isFalse();
                    StringWriter shown = new StringWriter();
                    failure.printStackTrace(new PrintWriter(shown));
                    assertThat(shown.toString()).doesNotContain("hush");
                });
        assertThat(received).hasValue(null);
    }

    private void sendOnceBy(ClientRequestFilter filter) {
        sendBy(CONNECT_ONCE, filter);
    }

    private void sendBy(Call call, ClientRequestFilter filter) {
        assertThat(answerBy(call, filter)).isNull();
    }

    private Reply answerBy(Call call, ClientRequestFilter filter) {
        HttpSettings settings = new HttpSettings(
                base(),
                Credentials.of("tok", Map.of()),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                null,
                List.of(filter));
        try (HttpTransport caller = new HttpTransport(settings, TICKER, IO, IO)) {
            return caller.send(call, Transport.FollowUps.HERE);
        }
    }

    @Test
    void showsNoSecretOfItsSettings() {
        assertThat(settings(base(), "PT5S").toString()).doesNotContain("tok").contains("127.0.0.1");
        assertThat(new FixedHeaders(Credentials.of("hush", Map.of("Authorization", "hush"))).toString())
                .doesNotContain("hush");
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
        try (HttpTransport caller = caller(base(), "PT10S")) {
            return server.body(call, caller.send(call, Transport.FollowUps.HERE), Instant.EPOCH);
        }
    }

    private JamsocketApiException refusal(Sent sent) {
        try (HttpTransport caller = caller(base(), "PT10S")) {
            return refusal(
                    sent.call,
                    sent.async
                            ? caller.sendAsync(sent.call, Runnable::run).join()
                            : caller.send(sent.call, Transport.FollowUps.HERE));
        }
    }

    private JamsocketApiException refusal(Call call, Reply reply) {
        return catchThrowableOfType(JamsocketApiException.class, () -> server.body(call, reply, Instant.EPOCH));
    }

    private URI base() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/base/");
    }

    private static HttpTransport caller(URI base, String readTimeout) {
        return new HttpTransport(settings(base, readTimeout), TICKER, IO, IO);
    }

    private static HttpSettings settings(URI base, String readTimeout) {
        ClientRequestFilter filter = request -> request.getHeaders().putSingle("X-Filter", "was here");
        return new HttpSettings(
                base,
                Credentials.of("tok", Map.of("X-Fixed", "yes")),
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
        http.createContext("/", exchange -> {
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
