package com.jamsocket.internal.dev.api;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.dev.BackendHandler;
import com.jamsocket.dev.BackendHandler.Response;
import com.jamsocket.dev.DevBackend;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.testkit.Http;
import com.jamsocket.testkit.RawClient;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to a backend, as its users go it. */
@Timeout(60)
class ConnectionUrlTest {

    private static final Instant TIME = Instant.parse("2024-11-04T20:42:21.123Z");

    private static final String IDLE = "{\"spawn\":{\"max_idle_seconds\":10}}";

    private final AtomicReference<BackendHandler> handler = new AtomicReference<>(BackendHandler.echo());
    private final AtomicReference<BackendHandler.Request> received = new AtomicReference<>();
    private JamsocketDevServer server;
    private Http http;

    @BeforeEach
    void start() {
        use(Lifecycle.instant());
    }

    private void use(Lifecycle lifecycle) {
        stop();
        server = JamsocketDevServer.builder()
                .lifecycle(lifecycle)
                .backend(request -> {
                    received.set(request);
                    return handler.get().handle(request);
                })
                .start();
        http = Http.of(server);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void leadsToABackendThatEchoesWhatReachesIt() {
        server.nextBackendId("be1");
        JsonObject response = http.connect("{\"user\":\"ann\",\"auth\":{\"role\":\"editor\"}}");
        String path = "/" + response.getString("token") + "/a%20b/c";
        HttpResponse<String> answer =
                http.post(path + "?x=1&y", "the body", "X-Verified-User-Data", "forged", "x-own", "kept");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
        assertThat(answer.headers().firstValue("x-plane-backend-id")).hasValue("be1");
        assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("*");
        assertThat(answer.body())
                .startsWith("backend be1\nPOST /a%20b/c?x=1&y\n")
                .contains("\nx-own: kept\n")
                .doesNotContain("forged")
                .contains("\nx-verified-username: ann\nx-verified-user-data: {\"role\":\"editor\"}\nx-verified-secret: "
                        + response.getString("secret_token") + "\nx-verified-path: " + path
                        + "\nx-verified-backend: be1\nx-forwarded-for: 127.0.0.1\nx-forwarded-proto: http\n")
                .endsWith("\nthe body");
        assertThat(received.get().path()).isEqualTo("/a%20b/c");
        assertThat(received.get().query()).isEqualTo("x=1&y");
    }

    @Test
    void showsTheRootForABareToken() {
        String token = http.connect("{}").getString("token");
        http.get("/" + token);
        assertThat(received.get().path()).isEqualTo("/");
        assertThat(received.get().query()).isNull();
        assertThat(received.get().headers())
                .containsEntry("x-verified-user-data", "{}")
                .doesNotContainKey("x-verified-username");
    }

    @Test
    void passesTextAsRawUtf8() {
        JsonObject response = http.connect("{\"user\":\"änn\\t€\",\"auth\":{\"name\":\"änn\"}}");
        http.get("/" + response.getString("token") + "/");
        assertThat(utf8("x-verified-username")).isEqualTo("änn\t€");
        assertThat(utf8("x-verified-user-data")).isEqualTo("{\"name\":\"änn\"}");

        String broken = http.connect("{\"user\":\"a\\nb\"}").getString("token");
        http.get("/" + broken + "/");
        assertThat(received.get().headers()).doesNotContainKey("x-verified-username");
    }

    /** A header as Java servers give it, one character for each byte, and as it is meant. */
    private String utf8(String name) {
        byte[] bytes = received.get().headers().get(name).getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "WebSocket", "other/2"})
    void refusesToUpgradeToAHandler(String protocol) throws IOException {
        String token = http.connect("{}").getString("token");
        try (RawClient client = new RawClient(server.connectionUrl())) {
            client.get("/" + token + "/", "Connection: keep-alive, Upgrade", "Upgrade: " + protocol);
            RawClient.Response answer = client.answer();
            assertThat(answer.status()).isEqualTo(501);
            assertThat(answer.body()).contains("handler in the JVM", protocol, "launcher");
            assertThat(answer.headers()).containsEntry("access-control-allow-origin", "*");
            // The JDK's HTTP client asks so with its first request; whoever knows nothing of it just answers.
            client.get("/" + token + "/", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c");
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void leavesOptionsToTheBackendAndOpensItsAnswersToPages() {
        String token = http.connect("{}").getString("token");
        assertThat(http.method("OPTIONS", "/" + token + "/a").body()).contains("OPTIONS /a");
        HttpResponse<String> answer = http.get("/" + token + "/");
        assertThat(answer.headers().firstValue("access-control-allow-methods")).hasValue("*");
        assertThat(answer.headers().firstValue("access-control-allow-headers")).hasValue("*, Authorization");
        HttpResponse<String> gone = http.get("/" + "x".repeat(43) + "/");
        assertThat(gone.headers().firstValue("access-control-allow-origin")).hasValue("*");
    }

    @Test
    void leavesThePathOfAStaticTokenAsItIs() {
        JsonObject response = Http.json(http.post(
                "/ctrl/connect",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"use_static_token\":true},\"user\":\"ann\"}"));
        String token = response.getString("token");
        assertThat(token).startsWith("s.").hasSize(45);
        assertThat(response.isNull("secret_token")).isTrue();

        assertThat(http.get("/" + token + "/a").statusCode()).isEqualTo(200);
        assertThat(received.get().path()).isEqualTo("/" + token + "/a");
        assertThat(received.get().headers())
                .containsEntry("x-verified-secret", "")
                .doesNotContainKeys("x-verified-username", "x-verified-user-data");
    }

    @Test
    void holdsRequestsUntilTheBackendIsReady() throws Exception {
        use(Lifecycle.manual());
        JsonObject response = http.connect("{}");
        String id = response.getString("backend_id");
        try (RawClient client = new RawClient(server.connectionUrl()).get("/" + response.getString("token") + "/")) {
            letItArrive();
            server.moveTo(id, BackendState.waiting(TIME));
            assertThat(client.isSilentFor(30)).isTrue();
            assertThat(received.get()).isNull();

            server.moveTo(id, BackendState.ready(TIME));
            assertThat(client.answer().status()).isEqualTo(200);
        }
        server.moveTo(id, BackendState.terminating(TIME, com.jamsocket.TerminationReason.SWEPT));
        assertThat(http.get("/" + response.getString("token") + "/").statusCode())
                .isEqualTo(200);
    }

    @Test
    void saysGoneWhenTheBackendEndsBeforeItIsReady() throws Exception {
        use(Lifecycle.manual());
        JsonObject response = http.connect("{}");
        try (RawClient client = new RawClient(server.connectionUrl()).get("/" + response.getString("token") + "/")) {
            letItArrive();
            server.moveTo(response.getString("backend_id"), ended());
            assertThat(client.answer().status()).isEqualTo(410);
        }
        HttpResponse<String> later = http.get("/" + response.getString("token") + "/");
        assertThat(later.statusCode()).isEqualTo(410);
        assertThat(later.body()).isEmpty();
        assertThat(received.get()).isNull();
    }

    @Test
    void troublesNoBackendWithRequestsWhoseClientHasLeft() throws Exception {
        use(Lifecycle.manual());
        List<String> paths = new CopyOnWriteArrayList<>();
        handler.set(request -> {
            paths.add(request.path());
            return Response.text(200, "");
        });
        JsonObject response = http.connect("{}");
        try (RawClient client = new RawClient(server.connectionUrl()).get("/" + response.getString("token") + "/")) {
            letItArrive();
        }
        eventually("the client to be missed", () -> server.connections() == 1);
        server.moveTo(response.getString("backend_id"), BackendState.ready(TIME));
        http.get("/" + response.getString("token") + "/second");
        assertThat(paths).containsExactly("/second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a"})
    void saysGoneForATokenItDoesNotKnow(String path) {
        assertThat(http.get("/" + "x".repeat(43) + path).statusCode()).isEqualTo(410);
    }

    @Test
    void takesAFailingHandlerForABrokenBackend() {
        String token = http.connect("{}").getString("token");
        handler.set(request -> {
            throw new IOException("broken");
        });
        assertThat(http.get("/" + token + "/").statusCode()).isEqualTo(502);
        handler.set(request -> {
            throw new AssertionError("broken, too");
        });
        assertThat(http.get("/" + token + "/").statusCode()).isEqualTo(502);
        handler.set(request -> null);
        assertThat(http.get("/" + token + "/").statusCode()).isEqualTo(502);
        handler.set(BackendHandler.echo());
        assertThat(http.get("/" + token + "/").statusCode()).isEqualTo(200);
    }

    @Test
    void givesBackWhatTheHandlerAnswers() throws IOException {
        String token = http.connect("{}").getString("token");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Access-Control-Allow-Origin", "https://example.org");
        headers.put("Content-Length", "7");
        headers.put("x-own", "yes");
        handler.set(request -> new Response(418, headers, new byte[] {1, 2, 3}));
        HttpResponse<String> answer = http.get("/" + token + "/");
        assertThat(answer.statusCode()).isEqualTo(418);
        assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("https://example.org");
        assertThat(answer.headers().firstValue("content-length")).hasValue("3");
        assertThat(answer.body()).isEqualTo("\1\2\3");

        handler.set(request -> new Response(204, Map.of(), "nothing to see".getBytes(StandardCharsets.UTF_8)));
        try (RawClient client = new RawClient(server.connectionUrl())) {
            client.get("/" + token + "/");
            assertThat(client.answer().headers()).doesNotContainKey("content-length");
            client.send("HEAD /" + token + "/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.answerWithoutBody().status()).isEqualTo(204);
            handler.set(BackendHandler.echo());
            assertThat(client.get("/" + token + "/").answer().body()).startsWith("backend");
        }
    }

    @Test
    void givesBackMoreThanFitsIntoOneSend() {
        String token = http.connect("{}").getString("token");
        byte[] large = new byte[9 << 20];
        handler.set(request -> new Response(200, Map.of(), large));
        assertThat(http.get("/" + token + "/").body()).hasSize(large.length);
    }

    @Test
    void refusesAnswersThatWouldBeNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> Response.text(199, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> Response.text(600, ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Response(200, Map.of("x", "a\r\nset-cookie: b"), new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> new Response(200, Map.of("x\n", "a"), new byte[0]));
    }

    @Test
    void keepsABackendInUse() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        AtomicBoolean entered = new AtomicBoolean();
        handler.set(request -> {
            entered.set(true);
            await(done);
            return Response.text(200, "done");
        });
        useMovedTime();
        JsonObject used = http.connect(IDLE);
        DevBackend backend = server.backend(used.getString("backend_id"));
        backend.advanceTo(BackendStatus.READY);
        DevBackend unused = server.backend(http.connect(IDLE).getString("backend_id"));
        CompletableFuture<HttpResponse<String>> answer = http.getLater("/" + used.getString("token") + "/");
        eventually("the request to be handled", entered::get);
        server.time().advance(Duration.ofSeconds(15));
        assertThat(unused.state().status()).isEqualTo(BackendStatus.TERMINATING);
        assertThat(backend.state().status()).isEqualTo(BackendStatus.READY);

        done.countDown();
        assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("done");
        assertIsSweptAfterItsTime(backend);
    }

    @Test
    void keepsABackendForARequestThatWaitsForIt() throws Exception {
        useMovedTime();
        JsonObject response = http.connect(IDLE);
        DevBackend backend = server.backend(response.getString("backend_id"));
        try (RawClient client = new RawClient(server.connectionUrl()).get("/" + response.getString("token") + "/")) {
            letItArrive();
            server.time().advance(Duration.ofSeconds(15));
            assertThat(backend.state().status()).isEqualTo(BackendStatus.SCHEDULED);

            backend.advanceTo(BackendStatus.READY);
            assertThat(client.answer().status()).isEqualTo(200);
            assertIsSweptAfterItsTime(backend);
        }
    }

    @Test
    void keepsABackendUntilTheLastOfThoseThatWaitForItHasLeft() throws Exception {
        useMovedTime();
        JsonObject response = http.connect(IDLE);
        DevBackend backend = server.backend(response.getString("backend_id"));
        String path = "/" + response.getString("token") + "/";
        try (RawClient stays = new RawClient(server.connectionUrl()).get(path)) {
            try (RawClient leaves = new RawClient(server.connectionUrl()).get(path)) {
                letItArrive();
                assertThat(leaves.isSilentFor(1)).isTrue();
            }
            eventually("the client to be missed", () -> server.connections() == 2);
            server.time().advance(Duration.ofSeconds(15));
            assertThat(backend.state().status()).isEqualTo(BackendStatus.SCHEDULED);
            assertThat(stays.isSilentFor(1)).isTrue();
        }
        eventually("the other to be missed", () -> server.connections() == 1);
        assertIsSweptAfterItsTime(backend);
    }

    @Test
    void keepsABackendWhileItHandlesARequestThatHasWaitedAndWhoseClientHasLeft() throws Exception {
        useMovedTime();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        handler.set(request -> {
            entered.countDown();
            await(done);
            return Response.text(200, "done");
        });
        JsonObject response = http.connect(IDLE);
        DevBackend backend = server.backend(response.getString("backend_id"));
        try (RawClient client = new RawClient(server.connectionUrl()).get("/" + response.getString("token") + "/")) {
            letItArrive();
            backend.advanceTo(BackendStatus.READY);
            assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(client.isSilentFor(1)).isTrue();
        }
        eventually("the client to be missed", () -> server.connections() == 1);
        server.time().advance(Duration.ofSeconds(15));
        assertThat(backend.state().status()).isEqualTo(BackendStatus.READY);
        done.countDown();
    }

    private static void await(CountDownLatch done) throws IOException {
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void useMovedTime() {
        stop();
        server = JamsocketDevServer.builder()
                .virtualTime()
                .lifecycle(Lifecycle.manual())
                .backend(request -> handler.get().handle(request))
                .start();
        http = Http.of(server);
    }

    private void assertIsSweptAfterItsTime(DevBackend backend) {
        BackendStatus before = backend.state().status();
        server.time().advance(Duration.ofSeconds(10).minusMillis(1));
        assertThat(backend.state().status()).isEqualTo(before);
        server.time().advance(Duration.ofMillis(1));
        assertThat(backend.state().status()).isEqualTo(BackendStatus.TERMINATING);
    }

    @Test
    void letsNoHandlerHinderTheEndOfTheServer() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        handler.set(request -> {
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Response.text(200, "too late");
        });
        String token = http.connect("{}").getString("token");
        try (RawClient client = new RawClient(server.connectionUrl()).get("/" + token + "/")) {
            assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
            server.close();
            assertThat(client.end()).isEqualTo(RawClient.End.RESET);
        }
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Between two questions the server looks after its connections: once to accept, once to read. */
    private void letItArrive() {
        for (int i = 0; i < 3; i++) {
            server.spawnCount();
        }
    }

    private static BackendState ended() {
        return BackendState.Terminated.builder(TIME)
                .reasonName("external")
                .kindName("hard")
                .build();
    }
}
