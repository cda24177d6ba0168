package com.jamsocket.internal.client;

import static com.jamsocket.internal.client.FakeApi.ID;
import static com.jamsocket.internal.client.FakeApi.answer;
import static com.jamsocket.internal.client.FakeApi.backend;
import static com.jamsocket.internal.client.FakeApi.events;
import static com.jamsocket.internal.client.FakeApi.notFound;
import static com.jamsocket.internal.client.FakeApi.state;
import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jamsocket.BackendEndedException;
import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketInterruptedException;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.JamsocketTimeoutException;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import com.jamsocket.UnauthorizedException;
import com.jamsocket.testkit.StatusRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultJamsocketTest {

    private static final ConnectRequest WITH_KEY =
            ConnectRequest.builder().key("k").build();
    private static final Duration LONG = Duration.ofSeconds(10);

    private FakeApi api;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void connectsToTheServiceOfTheAccount() throws InterruptedException {
        api.connect(backend(true, "scheduled"));

        try (Jamsocket client = api.client().build()) {
            ConnectResponse response = client.connect();

            assertThat(response.backendId()).isEqualTo(ID);
            assertThat(response.spawned()).isTrue();
            assertThat(response.status()).isEqualTo(BackendStatus.SCHEDULED);
            assertThat(response.readyUrl()).isNull();
        }
        assertThat(api.requests.poll(1, TimeUnit.SECONDS)).isEqualTo("POST /v2/service/a/s/connect");
    }

    @Test
    void tellsTheStatusAndTerminates() {
        api.status(state("ready"));

        try (Jamsocket client = api.client().build()) {
            assertThat(client.status(ID)).isInstanceOf(BackendState.Ready.class);
            client.terminate(ID, TerminationKind.HARD);
        }
    }

    @Test
    void saysItsNameAndItsServer() {
        try (Jamsocket named = api.client().name("docs").build();
                Jamsocket unnamed = api.client().build()) {
            assertThat(named.toString())
                    .startsWith("Jamsocket[docs at ")
                    .contains(api.url().toString());
            assertThat(unnamed.toString())
                    .startsWith("Jamsocket[http")
                    .contains(api.url().toString());
        }
    }

    @Test
    void theNonBlockingViewGivesTheSame() {
        api.status(state("ready")).connect(backend(true, "scheduled")).stream(
                events("ready", "terminating", "terminated"));
        StatusRecorder heard = new StatusRecorder();

        try (Jamsocket client = api.client().build()) {
            var async = client.async();
            assertThat(async.connect()).succeedsWithin(LONG);
            assertThat(async.status(ID)).succeedsWithin(LONG).isInstanceOf(BackendState.Ready.class);
            assertThat(async.terminate(ID, TerminationKind.SOFT)).succeedsWithin(LONG);
            assertThat(async.awaitReady(ID, LONG)).succeedsWithin(LONG);
            assertThat(async.awaitTerminated(ID, LONG)).succeedsWithin(LONG);
            assertThat(async.statusStream(ID, heard))
                    .succeedsWithin(LONG)
                    .satisfies(stream -> assertThat(heard.endOf(stream)).isInstanceOf(StreamEnd.Terminated.class));
        }
    }

    @Test
    void aStageFailsWithTheExceptionItselfAndItsDependentsRunOnTheExecutor() throws Exception {
        api.status(notFound());
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "lent"));

        try (Jamsocket client = api.client().executor(executor).build()) {
            CompletableFuture<String> seen = new CompletableFuture<>();
            client.async()
                    .status(ID)
                    .whenComplete((state, failure) -> seen.complete(Thread.currentThread()
                                    .getName() + " " + failure.getClass().getSimpleName()));

            assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo("lent BackendNotFoundException");
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void anAnswerIsThereHoweverBusyTheExecutorIs() throws Exception {
        api.status(state("ready")).stream(events("ready", "terminated"));
        CountDownLatch free = new CountDownLatch(1);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.execute(() -> eventually("free", () -> free.getCount() == 0));

        try (Jamsocket client = api.client().executor(executor).build()) {
            assertThat(client.async().status(ID).toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .isInstanceOf(BackendState.Ready.class);
            assertThat(client.awaitReady(ID, LONG)).isNotNull();
            client.statusStream(ID, state -> {}).close();
        } finally {
            free.countDown();
            executor.shutdown();
        }
    }

    @Test
    void theNonBlockingViewFailsWithTheSameExceptions() {
        api.status(notFound());

        try (Jamsocket client = api.client().build()) {
            CompletableFuture<BackendState> status = client.async().status(ID).toCompletableFuture();

            assertThatThrownBy(status::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(BackendNotFoundException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "null", "[]", "{\"backend_id\":", "{\"backend_id\":1}"})
    void saysThatAnAnswerIsNotUnderstood(String body) {
        api.connect(answer(200, body));

        try (Jamsocket client = api.client().build()) {
            assertThatThrownBy(client::connect).isInstanceOf(JamsocketProtocolException.class);
        }
    }

    @Test
    void refusesBadArgumentsBeforeAnythingIsSent() {
        try (Jamsocket client = api.client().build()) {
            assertThatThrownBy(() -> client.status(" ")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.terminate(ID, TerminationKind.UNKNOWN))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.awaitReady(ID, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.async().status("")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.connect(
                            ConnectRequest.builder().key("k".repeat(129)).build()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(api.requests).isEmpty();
    }

    // --- waiting ---

    @Test
    void readyIsToldAtOnceIfItIsSoAlready() {
        api.status(state("ready")).stream(api.silence());

        try (Jamsocket client = api.client().build()) {
            assertThat(client.awaitReady(ID, LONG).status()).isEqualTo(BackendStatus.READY);
        }
        assertThat(api.streamCalls).hasValue(0);
    }

    @Test
    void readyIsWaitedFor() {
        api.status(state("loading")).stream(events("loading"), events("loading", "waiting", "ready"));

        try (Jamsocket client = api.client().build()) {
            assertThat(client.awaitReady(ID, LONG).status()).isEqualTo(BackendStatus.READY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"terminating", "hard-terminating", "terminated"})
    void anEndingBackendWillNotBecomeReady(String ending) {
        api.status(state("loading")).stream(events("loading", ending));

        try (Jamsocket client = api.client().build()) {
            BackendEndedException e =
                    catchThrowableOfType(BackendEndedException.class, () -> client.awaitReady(ID, LONG));

            assertThat(e.state())
                    .isNotNull()
                    .extracting(BackendState::statusName)
                    .isEqualTo(ending);
            assertThat(e.backendId()).isEqualTo(ID);
        }
    }

    @Test
    void aForgottenBackendWillNotBecomeReady() {
        api.status(state("loading"), notFound()).stream(events("loading"), api.silence());

        try (Jamsocket client = api.client().build()) {
            assertThatThrownBy(() -> client.awaitReady(ID, LONG))
                    .isInstanceOf(BackendEndedException.class)
                    .extracting(e -> ((BackendEndedException) e).state())
                    .isNull();
        }
    }

    @Test
    void aForgottenBackendIsGone() {
        api.status(state("loading"), notFound()).stream(events("loading"), api.silence());

        try (Jamsocket client = api.client().build()) {
            assertThatThrownBy(() -> client.awaitTerminated(ID, LONG))
                    .isInstanceOf(BackendNotFoundException.class)
                    .hasMessageContaining("forgotten");
        }
    }

    @Test
    void aWaitThatIsTooLongSaysWhatItSawLast() {
        api.status(state("loading")).stream(api.eventsThenSilence("loading", "starting"));

        try (Jamsocket client = api.client().build()) {
            JamsocketTimeoutException e = timeoutOf(client, Duration.ofMillis(500));
            // On a busy machine the stream is not there by then.
            if (!(e.lastState() instanceof BackendState.Starting)) {
                e = timeoutOf(client, LONG);
            }

            assertThat(e.lastState()).isInstanceOf(BackendState.Starting.class);
            assertThat(e.backendId()).isEqualTo(ID);
            assertThat(e.isRetryable()).isTrue();
            assertThat(e).hasNoCause();
        }
    }

    @Test
    void aWaitThatIsTooLongSaysWhyTheServerCouldNotBeAsked() {
        api.status(answer(503, "{}"));

        assertThat(timeoutThat(e -> e.getCause() != null))
                .hasCauseInstanceOf(JamsocketApiException.class)
                .cause()
                .hasMessageContaining("503");
    }

    @Test
    void aWaitThatLosesTheServerSaysWhy() {
        api.status(state("loading"), answer(502, "{}")).stream(events("loading"), answer(502, "{}"));

        JamsocketTimeoutException e = timeoutThat(late -> late.lastState() != null && late.getCause() != null);

        assertThat(e.lastState()).isNotNull();
        assertThat(e).hasCauseInstanceOf(JamsocketApiException.class).cause().hasMessageContaining("502");
    }

    @Test
    void aWaitThatIsTooLongDoesNotNameWhatHasPassed() {
        api.status(answer(503, "{}"), state("loading")).stream(api.eventsThenSilence("loading"));

        JamsocketTimeoutException e = timeoutThat(late -> late.lastState() != null);

        assertThat(e.lastState()).isNotNull();
        assertThat(e).hasNoCause();
    }

    /** What a wait fails with that is short, but on a machine that is too busy for what is expected of it. */
    private JamsocketTimeoutException timeoutThat(Predicate<JamsocketTimeoutException> expected) {
        try (Jamsocket client = api.client().build()) {
            JamsocketTimeoutException e = timeoutOf(client, Duration.ofSeconds(1));
            if (expected.test(e)) {
                return e;
            }
            api.statusCalls.set(0);
            api.streamCalls.set(0);
            return timeoutOf(client, LONG);
        }
    }

    private static JamsocketTimeoutException timeoutOf(Jamsocket client, Duration timeout) {
        return catchThrowableOfType(JamsocketTimeoutException.class, () -> client.awaitReady(ID, timeout));
    }

    @Test
    void aWaitFailsWithItsStream() {
        api.status(state("loading")).stream(answer(401, ""));

        try (Jamsocket client = api.client().build()) {
            assertThatThrownBy(() -> client.awaitTerminated(ID, LONG)).hasMessageContaining("401");
        }
    }

    @Test
    void closingTheClientEndsAWait() {
        api.status(state("loading")).stream(api.eventsThenSilence("loading"));

        Jamsocket client = api.client().build();
        CompletableFuture<BackendState.Ready> wait =
                client.async().awaitReady(ID, LONG).toCompletableFuture();
        eventually("a stream", () -> api.streamCalls.get() > 0);
        client.close();

        assertThatThrownBy(() -> wait.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void cancellingAWaitClosesItsStream() {
        api.status(state("loading")).stream(api.eventsThenSilence("loading"));

        try (Jamsocket client = api.client().build()) {
            CompletableFuture<BackendState.Ready> wait =
                    client.async().awaitReady(ID, LONG).toCompletableFuture();
            wait.cancel(true);
            assertThat(wait).isCancelled();
        }
    }

    @Test
    void anInterruptedWaitIsCancelled() {
        api.status(state("loading")).stream(api.eventsThenSilence("loading"));

        try (Jamsocket client = api.client().build()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> client.awaitReady(ID, LONG)).isInstanceOf(JamsocketInterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    // --- calling again ---

    @Test
    void callsAgainWhatTheServerCannotDoForTheMoment() {
        api.connect(
                answer(500, "{\"error\":{\"id\":\"q\",\"code\":\"NoDroneAvailable\",\"message\":\"m\"}}"),
                backend(true, "scheduled"));

        try (Jamsocket client = api.client().retryTime(LONG).build()) {
            assertThat(client.connect().backendId()).isEqualTo(ID);
            assertThat(api.connectCalls).hasValue(2);
            assertThat(client.async().connect()).succeedsWithin(LONG);
        }
    }

    @Test
    void doesNotCallAgainWhatMayHaveStartedABackend() {
        api.connect(exchange -> exchange.close(), backend(true, "scheduled"));

        try (Jamsocket client = api.client().retryTime(LONG).build()) {
            assertThatThrownBy(client::connect)
                    .isInstanceOf(JamsocketConnectionException.class)
                    .extracting(e -> ((JamsocketConnectionException) e).mayHaveBeenSent())
                    .isEqualTo(true);
        }
        assertThat(api.connectCalls).hasValue(1);
    }

    @Test
    void callsAgainWithAKeyWhichLeadsToTheSameBackend() {
        api.connect(exchange -> exchange.close(), backend(false, "scheduled"));

        try (Jamsocket client = api.client().retryTime(LONG).build()) {
            assertThat(client.connect(WITH_KEY).backendId()).isEqualTo(ID);
        }
    }

    @Test
    void doesNotCallAgainWhatIsRefusedForGood() {
        api.connect(answer(501, "boom"), backend(true, "scheduled"));

        try (Jamsocket client = api.client().retryTime(LONG).build()) {
            assertThatThrownBy(() -> client.connect(WITH_KEY)).isInstanceOf(JamsocketApiException.class);
            assertThatThrownBy(() -> client.async()
                            .connect(WITH_KEY)
                            .toCompletableFuture()
                            .thenCompose(ok -> CompletableFuture.failedFuture(new IllegalStateException()))
                            .get())
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void asksForTheStatusAgain() {
        api.status(answer(502, ""), state("ready"));

        try (Jamsocket client = api.client().retryTime(LONG).build()) {
            assertThat(client.status(ID).status()).isEqualTo(BackendStatus.READY);
        }
    }

    @Test
    void doesNotWaitLongerThanItMay() {
        api.connect(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "60");
            exchange.sendResponseHeaders(429, -1);
        });

        try (Jamsocket client = api.client().retryTime(LONG).build()) {
            assertThatThrownBy(client::connect).hasMessageContaining("429");
        }
        assertThat(api.connectCalls).hasValue(1);
    }

    // --- keys of ending backends ---

    @Test
    void givesAnEndingBackendUnlessAskedToWait() {
        api.connect(backend(false, "terminating"));

        try (Jamsocket client = api.client().build()) {
            assertThat(client.connect(WITH_KEY).status()).isEqualTo(BackendStatus.TERMINATING);
        }
    }

    @Test
    void waitsForTheEndOfAnEndingBackendAndConnectsAgain() {
        api.connect(backend(false, "terminating"), backend(true, "scheduled")).status(state("terminating")).stream(
                events("terminating", "terminated"));

        try (Jamsocket client = api.client().build()) {
            ConnectResponse response =
                    client.connect(WITH_KEY.toBuilder().waitForEnding(LONG).build());

            assertThat(response.spawned()).isTrue();
            assertThat(api.connectCalls).hasValue(2);
        }
    }

    @Test
    void aBackendThatIsForgottenBeforeItsEndWasSeenHasEndedToo() {
        api.connect(backend(false, "terminating"), backend(true, "scheduled")).status(notFound());

        try (Jamsocket client = api.client().build()) {
            ConnectRequest patient = WITH_KEY.toBuilder().waitForEnding(LONG).build();

            assertThat(client.connect(patient).spawned()).isTrue();
        }
    }

    @Test
    void aWaitForAnEndFailsWithWhatTheServerRefuses() {
        api.connect(backend(false, "terminating")).status(answer(403, ""));

        try (Jamsocket client = api.client().build()) {
            ConnectRequest patient = WITH_KEY.toBuilder().waitForEnding(LONG).build();

            assertThatThrownBy(() -> client.connect(patient)).isInstanceOf(UnauthorizedException.class);
        }
        assertThat(api.connectCalls).hasValue(1);
    }

    @Test
    void aBackendThatWasStartedForTheCallIsGivenHoweverSoonItEnds() {
        api.connect(backend(true, "terminating"));

        try (Jamsocket client = api.client().build()) {
            assertThat(client.connect(WITH_KEY.toBuilder().waitForEnding(LONG).build())
                            .status())
                    .isEqualTo(BackendStatus.TERMINATING);
        }
    }

    @Test
    void aClientOfAnApiKnowsNoCluster() {
        try (Jamsocket client = api.client().build()) {
            assertThat(StatusFollower.of(client).clusterState()).isNull();
        }
    }

    @Test
    void doesNotWaitForAnEndBeyondItsTime() {
        api.connect(backend(false, "terminating")).status(state("terminating")).stream(
                api.eventsThenSilence("terminating"));

        try (Jamsocket client = api.client().build()) {
            ConnectRequest patient =
                    WITH_KEY.toBuilder().waitForEnding(Duration.ofMillis(200)).build();

            assertThatThrownBy(() -> client.connect(patient)).isInstanceOf(JamsocketTimeoutException.class);
        }
    }
}
