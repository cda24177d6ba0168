package com.jamsocket.internal.client;

import static com.jamsocket.internal.client.FakeApi.answer;
import static com.jamsocket.internal.client.FakeApi.backend;
import static com.jamsocket.internal.client.FakeApi.json;
import static com.jamsocket.internal.client.FakeApi.notFound;
import static com.jamsocket.internal.client.FakeApi.state;
import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendEndedException;
import com.jamsocket.BackendHandle;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.internal.http.BackendClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a handle connects again, and when not. */
class DefaultBackendHandleTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private FakeApi api;
    private Jamsocket client;
    private DefaultBackendHandle handle;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
        client = api.client().build();
        handle = (DefaultBackendHandle)
                client.backend(ConnectRequest.builder().key("room").build(), LONG);
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    @Test
    void whatAnotherHasStartedAndHasEndedMeanwhileIsReplaced() {
        api.connect(backend(false, "starting"), backend(true, "ready")).status(state("terminated"));

        assertThat(handle.connection().spawned()).isTrue();
        assertThat(api.connectCalls).hasValue(2);
    }

    @Test
    void whatAnotherHasStartedIsReplacedOnceAndNotForEver() {
        api.connect(backend(false, "starting")).status(state("terminated"));

        assertThatThrownBy(handle::connection).isInstanceOf(BackendEndedException.class);
        assertThat(api.connectCalls).hasValue(2);
    }

    @Test
    void whatItHasStartedItselfAndEndsAtOnceIsNotStartedAgain() {
        api.connect(backend(true, "starting")).status(state("terminated"));

        assertThatThrownBy(handle::connection).isInstanceOf(BackendEndedException.class);
        assertThat(api.connectCalls).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "410, ready, true",
        "404, terminated, true",
        "502, terminating, true",
        "502, ready, false",
        "404, ready, false",
        "500, terminated, false"
    })
    void aDoubtfulAnswerIsOverIfTheServerSaysThatTheBackendEnds(int answer, String status, boolean over) {
        api.connect(backend(true, "ready")).status(state(status));

        ConnectResponse connection = handle.connection();
        if (over) {
            eventuallyOver(connection, answer);
        } else {
            assertThat(isOver(connection, answer)).isFalse();
        }
        assertThat(handle.connection().backendId()).isEqualTo(FakeApi.ID);
        assertThat(api.connectCalls).hasValue(over ? 2 : 1);
    }

    @Test
    void aDoubtfulAnswerIsOverIfTheServerHasForgottenTheBackend() {
        api.connect(backend(true, "ready")).status(notFound());

        eventuallyOver(handle.connection(), 502);
    }

    @Test
    void aConnectionOfBeforeDoesNotCostThePresentOne() {
        api.connect(backend(true, "ready"), backend(false, "ready"), answer(403, ""));
        ConnectResponse before = handle.connection();

        assertThat(isOver(before, 410)).isTrue();
        assertThat(isOver(before, 410)).as("told by another user of it").isTrue();
        assertThat(handle.connection().spawned()).isFalse();
        assertThat(isOver(before, 410)).as("told late").isTrue();
        assertThat(handle.connection().spawned()).isFalse();
        assertThat(api.connectCalls).hasValue(2);

        handle.reconnect();
        assertThatThrownBy(handle::connection).isInstanceOf(JamsocketException.class);
        assertThat(isOver(before, 410)).as("nothing is there to be given up").isTrue();
    }

    @Test
    void whoeverReconnectsWhileItConnectsSharesThatConnection() {
        CountDownLatch asked = new CountDownLatch(1);
        api.connect(exchange -> {
            asked.await();
            backend(true, "ready").play(exchange);
        });
        handle.reconnect();
        assertThat(api.connectCalls).as("nothing to do").hasValue(0);

        CompletableFuture<ConnectResponse> first = CompletableFuture.supplyAsync(handle::connection);
        eventually("the call", () -> api.connectCalls.get() == 1);
        handle.reconnect();
        CompletableFuture<ConnectResponse> second = CompletableFuture.supplyAsync(handle::connection);
        asked.countDown();

        assertThat(first).succeedsWithin(LONG);
        assertThat(second).succeedsWithin(LONG);
        assertThat(api.connectCalls).hasValue(1);
    }

    @Test
    void whoeverWaitsIsToldThatTheClientIsClosed() {
        client.close();

        eachUseFails(IllegalStateException.class, "closed");
    }

    private void eachUseFails(Class<? extends Throwable> cause, String message) {
        for (String use : List.of("first", "second")) {
            assertThat(CompletableFuture.supplyAsync(handle::connection))
                    .as(use)
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(cause)
                    .withMessageContaining(message);
        }
    }

    @Test
    void aCloseOfTheClientEndsTheWaits() {
        api.connect(api.silence());
        CompletableFuture<ConnectResponse> waiting = CompletableFuture.supplyAsync(handle::connection);
        eventually("the call", () -> api.connectCalls.get() == 1);

        client.close();

        assertThat(waiting)
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anAnswerThatCannotBeGoneOnWithFailsEachUse() {
        api.connect(json("{\"backend_id\":\"a/b\",\"spawned\":true,\"status\":\"starting\",\"token\":\"tok\","
                + "\"url\":\"http://localhost:9/tok/\",\"status_url\":\"http://localhost:9/s\"}"));

        eachUseFails(RuntimeException.class, "a/b");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "room")
    void aServerThatDoesNotAnswerCostsNoMoreThanTheLimit(@Nullable String key) {
        api.connect(api.silence());
        ConnectRequest.Builder request = ConnectRequest.builder();
        BackendHandle brief =
                client.backend((key == null ? request : request.key(key)).build(), Duration.ofMillis(200));

        assertThatThrownBy(brief::connection)
                .isInstanceOf(JamsocketConnectionException.class)
                .hasMessageContaining("PT0.2S");
    }

    @Test
    void theServerIsAskedOnceWhatADoubtfulAnswerMeans() {
        api.connect(backend(true, "ready")).status(answer(503, ""), state("terminated"));
        try (Jamsocket patient = api.client().retryTime(LONG).build()) {
            var route = (BackendClient.Route)
                    patient.backend(ConnectRequest.builder().key("room").build());

            assertThat(route.isOver(route.connection(), 404)).isFalse();
        }
        assertThat(api.statusCalls).hasValue(1);
    }

    @Test
    void aServerThatDoesNotSayWhatADoubtfulAnswerMeansIsNotWaitedForLong() {
        api.connect(backend(true, "ready")).status(api.silence());
        ConnectResponse connection = handle.connection();

        assertThat(CompletableFuture.supplyAsync(() -> isOver(connection, 404)))
                .succeedsWithin(Duration.ofSeconds(20))
                .isEqualTo(false);
    }

    /** The server is given two seconds to say so; a busy machine may take them. */
    private void eventuallyOver(ConnectResponse used, int status) {
        eventually("it is over", () -> isOver(used, status));
    }

    private boolean isOver(ConnectResponse used, int status) {
        BackendClient.Route route = handle;
        return route.isOver(used, status);
    }
}
