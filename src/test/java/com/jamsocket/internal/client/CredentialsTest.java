package com.jamsocket.internal.client;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.UnauthorizedException;
import com.jamsocket.internal.wire.Redaction;
import com.jamsocket.internal.wire.Secrets;
import com.jamsocket.testkit.StatusRecorder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and headers that the application supplies. */
class CredentialsTest {

    /** More than the client has threads for I/O. */
    private static final int CALLERS = 6;

    private static final String SCHEDULED = "{\"status\":\"scheduled\",\"time\":\"2026-11-01T00:00:00Z\"}";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile String accepted = "s1";
    private volatile String secret = "s1";

    /** None is refused before as many are as this counts. */
    private volatile CountDownLatch refused = new CountDownLatch(0);

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aTokenIsReadWhenItIsNeededAndAgainAfterA401() throws Exception {
        try (Jamsocket client = builder().token(this::read).build()) {
            assertThat(reads).hasValue(0);
            client.terminate("b1", com.jamsocket.TerminationKind.SOFT);
            client.terminate("b1", com.jamsocket.TerminationKind.SOFT);
            assertThat(reads).hasValue(1);

            accepted = "s2";
            secret = "s2\n";
            client.connect();
            client.async()
                    .connect(ConnectRequest.builder().key("k").build())
                    .toCompletableFuture()
                    .get();

            assertThat(reads).hasValue(2);
            assertThat(requests.stream().filter(request -> request.startsWith("/v2/service/a/s/connect")))
                    .containsExactly(
                            "/v2/service/a/s/connect Bearer s1",
                            "/v2/service/a/s/connect Bearer s2",
                            "/v2/service/a/s/connect Bearer s2");
        }
    }

    @Test
    void aTokenThatIsRefusedTwiceFailsTheCallAndTheNextOneReadsAgain() {
        try (Jamsocket client = builder().token(this::read).build()) {
            accepted = "s2";
            assertThatThrownBy(client::connect).isInstanceOf(UnauthorizedException.class);
            assertThat(requests).hasSize(2);

            secret = "s2";
            assertThat(client.connect().backendId()).isEqualTo("b1");
        }
    }

    /** Servers give out two secrets with each connection, of which some hundred are known. */
    @Test
    void aTokenIsShownByNoTextHoweverManySecretsComeAfterIt() {
        secret = "hush-supplied-1";
        accepted = secret;
        try (Jamsocket client = builder().token(this::read).build()) {
            client.connect();
            giveOutSecrets();
            assertThat(Redaction.of("see hush-supplied-1")).doesNotContain("hush-");

            secret = "hush-supplied-2";
            accepted = secret;
            client.connect();
            assertThat(Redaction.of("see hush-supplied-1")).as("the one before").doesNotContain("hush-");
            giveOutSecrets();
            assertThat(Redaction.of("see hush-supplied-2")).doesNotContain("hush-");
        }
        giveOutSecrets();
        assertThat(Redaction.of("see hush-supplied-2")).as("after the close").contains("hush-supplied-2");
    }

    private static void giveOutSecrets() {
        IntStream.range(0, 1_000).forEach(number -> Secrets.received("given-out-" + number));
    }

    /** All callers are refused at once, so that each of them needs the token which is not there yet. */
    @Test
    @Timeout(60)
    void aSupplierThatBlocksAfterA401HoldsUpNoStream() throws Exception {
        CountDownLatch vault = new CountDownLatch(1);
        Supplier<String> slow = () -> {
            if (reads.getAndIncrement() > 0) {
                await(vault);
            }
            return secret;
        };
        try (Jamsocket client = builder().token(slow).build()) {
            client.connect();
            refused = new CountDownLatch(CALLERS);
            accepted = "s2";
            secret = "s2";
            List<Future<ConnectResponse>> callers = Stream.generate(() -> threads.submit(() -> client.connect()))
                    .limit(CALLERS)
                    .toList();
            eventually("the token is read again", () -> reads.get() == 2);

            StatusRecorder recorder = new StatusRecorder();
            client.statusStream("b1", recorder);
            recorder.awaitStatus("scheduled");

            vault.countDown();
            for (Future<ConnectResponse> caller : callers) {
                assertThat(caller.get().backendId()).isEqualTo("b1");
            }
            assertThat(requests)
                    .filteredOn("/v2/service/a/s/connect Bearer s1"::equals)
                    .hasSize(1 + CALLERS);
        } finally {
            vault.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits and streams do not count among the calls that are not blocking. */
    @Test
    @Timeout(60)
    void callsThatAreHeldHoldUpNoFilterOfAWait() throws Exception {
        try (HoldingServer holding = new HoldingServer();
                Jamsocket client = Jamsocket.builder()
                        .apiUrl(holding.uri())
                        .account("a")
                        .service("s")
                        .token("s1")
                        .header("x-secret", this::read)
                        .asyncCalls(1)
                        .readTimeout(Duration.ofHours(1))
                        .callTimeout(Duration.ofHours(2))
                        .build()) {
            client.async().status("b1");
            client.async().status("b1");
            eventually("one is held", () -> holding.held() == 1);

            CompletableFuture<BackendState.Ready> ready =
                    client.async().awaitReady("b1", Duration.ofSeconds(50)).toCompletableFuture();
            eventually("its question is sent", () -> holding.held() == 2);
            holding.answer(100);

            assertThat(ready.get()).isInstanceOf(BackendState.Ready.class);
        }
    }

    @Test
    void aFixedTokenIsRefusedOnce() {
        try (Jamsocket client = builder().token("s1").build()) {
            accepted = "s2";
            assertThatThrownBy(client::connect).isInstanceOf(UnauthorizedException.class);
            assertThat(requests).hasSize(1);
        }
    }

    @Test
    void aSupplierThatFailsIsRetriedLikeAServerThatIsNotReached() {
        AtomicInteger failures = new AtomicInteger();
        Supplier<String> sealed = () -> {
            if (failures.getAndIncrement() == 0) {
                throw new IllegalStateException("the vault is sealed");
            }
            return "s1";
        };
        try (Jamsocket client =
                builder().retryTime(Duration.ofSeconds(30)).token(sealed).build()) {
            assertThat(client.connect().backendId()).isEqualTo("b1");
        }
        try (Jamsocket client = builder()
                .retryTime(Duration.ZERO)
                .token("s1")
                .header("x-secret", () -> "bad\u0000secret")
                .build()) {
            assertThatThrownBy(() -> client.status("b1"))
                    .isInstanceOf(JamsocketConnectionException.class)
                    .hasMessageContaining("the header x-secret")
                    .hasMessageNotContaining("bad");
            assertThatThrownBy(() -> client.awaitReady("b1", Duration.ofMillis(50)))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \n"})
    void nothingThatIsSuppliedIsSaidToBeNothing(String supplied) {
        try (Jamsocket client =
                builder().retryTime(Duration.ZERO).token(() -> supplied).build()) {
            assertThatThrownBy(client::connect)
                    .isInstanceOf(JamsocketConnectionException.class)
                    .hasMessageContainingAll("token", "not empty");
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void namesOfHeadersAreValidatedWhenTheClientIsMade() {
        assertThatThrownBy(() -> builder().token("s1").header("Host", () -> "x").build())
                .isInstanceOf(JamsocketConfigurationException.class)
                .hasMessageContaining("Host");
    }

    @Test
    void aStreamReconnectsWithAHeaderThatIsReadAgain() {
        try (Jamsocket client =
                builder().token("s1").header("x-secret", this::read).build()) {
            StatusRecorder recorder = new StatusRecorder();
            client.statusStream("b1", recorder);
            eventually("the stream", () -> requests.stream().anyMatch(request -> request.contains("/stream s1")));

            // In this order: a stream that is refused twice with what is read anew ends.
            secret = "s2";
            accepted = "s2";

            // The server ends each stream at once.
            eventually("the next", () -> requests.stream().anyMatch(request -> request.contains("/stream s2")));
        }
    }

    private String read() {
        reads.incrementAndGet();
        return secret;
    }

    private Jamsocket.Builder builder() {
        return Jamsocket.builder()
                .apiUrl(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .account("a")
                .service("s");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String header = exchange.getRequestHeaders().getFirst("x-secret");
        requests.add(path + " " + (header != null ? header : authorization));
        exchange.getRequestBody().readAllBytes();
        boolean letIn = header != null
                ? header.equals(accepted)
                : authorization == null || authorization.equals("Bearer " + accepted);
        if (!letIn) {
            refused.countDown();
            await(refused);
        }
        boolean stream = path.endsWith("/stream");
        String body = path.endsWith("/connect")
                ? "{\"backend_id\":\"b1\",\"spawned\":true,\"status\":\"scheduled\",\"token\":\"t\","
                        + "\"url\":\"http://localhost/\",\"status_url\":\"http://localhost/\",\"ready_url\":\"\"}"
                : stream ? "data: " + SCHEDULED + "\n\n" : SCHEDULED;
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", stream ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(letIn ? 200 : 401, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
