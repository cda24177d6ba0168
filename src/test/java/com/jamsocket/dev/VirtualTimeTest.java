package com.jamsocket.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketTimeoutException;
import com.jamsocket.PlaneSettings;
import com.jamsocket.SpawnOptions;
import com.jamsocket.StatusSubscription;
import com.jamsocket.TerminationReason;
import com.jamsocket.testkit.StatusRecorder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a moved time moves, and when it waits. */
class VirtualTimeTest {

    private static final ConnectRequest DOC =
            ConnectRequest.builder().key("doc/42").build();

    private final JamsocketDevServer server = JamsocketDevServer.builder()
            .virtualTime()
            .lifecycle(Lifecycle.timed(Duration.ofSeconds(10)))
            .start();
    private final Jamsocket jamsocket = Jamsocket.dev(server.port());

    @AfterEach
    void close() {
        jamsocket.close();
        server.close();
    }

    @Test
    void backendsAreReadyWhenTimeHasPassedAndNotBefore() {
        String id = jamsocket.connect(DOC).backendId();

        server.time().advance(Duration.ofSeconds(39));
        assertThat(jamsocket.status(id).status()).isEqualTo(BackendStatus.WAITING);
        server.time().advance(Duration.ofSeconds(1));
        assertThat(jamsocket.status(id).status()).isEqualTo(BackendStatus.READY);
    }

    @Test
    void statesAreToldByTheirTimeOnceTimeHasSettled() {
        Instant start = server.time().now();
        String id = jamsocket.connect(DOC).backendId();
        List<Instant> told = new CopyOnWriteArrayList<>();
        jamsocket.statusStream(id, state -> told.add(state.time()));

        server.time().advance(Duration.ofMinutes(1));

        assertThat(told)
                .containsExactly(
                        start,
                        start.plusSeconds(10),
                        start.plusSeconds(20),
                        start.plusSeconds(30),
                        start.plusSeconds(40));
    }

    @Test
    void aWaitOfAnotherThreadEndsByItsDeadline() {
        server.time().settle();
        String id = jamsocket.connect(DOC).backendId();
        CompletableFuture<BackendState.Ready> waiting =
                jamsocket.async().awaitReady(id, Duration.ofSeconds(30)).toCompletableFuture();

        server.time().advance(Duration.ofSeconds(30));

        assertThatThrownBy(waiting::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(JamsocketTimeoutException.class);
    }

    @Test
    void timePassesByItselfWhileAThreadWaits() {
        Instant start = server.time().now();
        String id = jamsocket.connect(DOC).backendId();

        try (VirtualTime.AutoAdvance passing = server.time().autoAdvance()) {
            assertThat(jamsocket.awaitReady(id, Duration.ofMinutes(1)).time()).isEqualTo(start.plusSeconds(40));
        }
        assertThat(server.time().now()).isEqualTo(start.plusSeconds(40));
    }

    @Test
    void callsAreRetriedInThisTime() {
        server.inject(Fault.answer(503).on(Fault.Endpoint.CONNECT).retryAfter(Duration.ofSeconds(2)));
        Instant start = server.time().now();

        try (VirtualTime.AutoAdvance passing = server.time().autoAdvance()) {
            assertThat(jamsocket.connect(DOC).spawned()).isTrue();
        }
        // The backend's next state, after 10 s, has not come to its turn while the answer was on its way.
        assertThat(Duration.between(start, server.time().now()))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    @Test
    void aLostStreamReconnectsInThisTime() {
        String id = jamsocket.connect(DOC).backendId();
        StatusRecorder told = new StatusRecorder();
        jamsocket.statusStream(id, told);
        server.time().settle();

        server.refuseConnections(Duration.ofMinutes(2));
        server.dropConnections();
        server.time().advance(Duration.ofMinutes(1));
        assertThat(told.statuses).containsExactly("scheduled");
        server.time().advance(Duration.ofMinutes(2));

        assertThat(told.statuses).endsWith("ready");
    }

    @Test
    void limitsOfABackendAreReachedInThisTime() {
        StatusRecorder told = new StatusRecorder();
        String id = jamsocket.connect(DOC).backendId();
        jamsocket.statusStream(id, told);

        server.time().advance(Duration.ofHours(1));

        assertThat(told.ends).hasSize(1);
        assertThat(server.backend(id).snapshot().history()).anySatisfy(state -> assertThat(state)
                .isInstanceOfSatisfying(BackendState.Terminating.class, ending -> assertThat(ending.reason())
                        .isEqualTo(TerminationReason.SWEPT)));
    }

    @Test
    void aPlaneStreamWithKeepalivesLastsForHours() {
        try (Jamsocket plane = Jamsocket.builder()
                .plane(PlaneSettings.builder(server.url())
                        .image("example/room:1")
                        .build())
                .build()) {
            String id = plane.connect(DOC.toBuilder()
                            .spawn(SpawnOptions.builder()
                                    .maxIdle(Duration.ofDays(1))
                                    .build())
                            .build())
                    .backendId();
            StatusRecorder told = new StatusRecorder();
            StatusSubscription stream = plane.statusStream(id, told);

            server.time().advance(Duration.ofHours(3));
            assertThat(told.statuses).endsWith("ready");
            assertThat(told.attempts).isEmpty();
            stream.close();
        }
    }

    @Test
    void whatIsToldAtOnceHasBeenToldOnceTimeHasSettled() {
        for (int i = 0; i < 50; i++) {
            String id = jamsocket
                    .connect(ConnectRequest.builder().key("doc/" + i).build())
                    .backendId();
            StatusRecorder told = new StatusRecorder();
            jamsocket.statusStream(id, told);
            server.time().settle();

            assertThat(told.statuses).as("of the stream %s", i).containsExactly("scheduled");
        }
    }

    @Test
    void itSaysWhatDoesNotSettle() {
        CountDownLatch blocked = new CountDownLatch(1);
        String id = jamsocket.connect(DOC).backendId();
        jamsocket.statusStream(id, state -> awaitUninterruptibly(blocked));

        assertThatThrownBy(() -> server.time().settle())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("still running after 5 s")
                .hasMessageContaining("a callback on jamsocket-callback-")
                .hasMessageContaining("awaitUninterruptibly");
        blocked.countDown();
        server.time().settle();
    }

    @Test
    void aCallbackCannotMoveTheTimeThatWaitsForIt() {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        String id = jamsocket.connect(DOC).backendId();
        jamsocket.statusStream(id, state -> {
            try {
                server.time().advance(Duration.ofSeconds(1));
            } catch (IllegalStateException e) {
                refused.set(e);
            }
        });
        server.time().settle();

        assertThat(refused.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("callback");
    }

    @Test
    void callbacksOnALentExecutorAreWaitedFor() {
        Executor slow = task -> new Thread(task).start();
        try (Jamsocket lent =
                Jamsocket.builder().dev(server.port()).executor(slow).build()) {
            String id = lent.connect(DOC).backendId();
            StatusRecorder told = new StatusRecorder();
            lent.statusStream(id, told);
            server.time().advance(Duration.ofSeconds(40));

            assertThat(told.statuses).hasSize(5);
        }
    }

    @Test
    void serversHaveTimesOfTheirOwn() {
        try (JamsocketDevServer other =
                JamsocketDevServer.builder().virtualTime().start()) {
            Instant before = other.time().now();
            server.time().advance(Duration.ofDays(1));
            assertThat(other.time().now()).isEqualTo(before);
        }
    }

    @Test
    void aServerThatIsNotBuiltForItHasTheTimeOfTheMachine() {
        try (JamsocketDevServer real = JamsocketDevServer.start()) {
            assertThatThrownBy(real::time)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("virtualTime()");
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
