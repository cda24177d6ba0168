package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static com.jamsocket.testkit.States.READY;
import static com.jamsocket.testkit.States.SCHEDULED;
import static com.jamsocket.testkit.States.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.StreamEnd;
import com.jamsocket.testkit.LogRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever way following ends, it is told once. */
class EndTest {

    private static final ConnectRequest BY_KEY =
            ConnectRequest.builder().key("k").build();

    static Stream<StreamEnd> endsOfStreams() {
        return Stream.of(
                StreamEnd.forgotten(READY),
                StreamEnd.droneLost("drone-1", READY),
                StreamEnd.failed(new JamsocketConnectionException("gone", null, false)));
    }

    @ParameterizedTest
    @MethodSource("endsOfStreams")
    void tellsHowFollowingEndedAndTheLastState(StreamEnd how) {
        try (SeContainer container = Containers.start(Ends.class)) {
            client(container).connect(BY_KEY);
            fake(container).reach("b1", SCHEDULED, READY);
            fake(container).end("b1", how);

            assertThat(ends(container).seen()).singleElement().satisfies(end -> {
                assertThat(end.how()).isEqualTo(how);
                assertThat(end.lastState()).isEqualTo(READY);
                assertThat(end.backend().key()).isEqualTo("k");
                assertThat(end.isGone()).isEqualTo(!(how instanceof StreamEnd.Failed));
            });
            eventually(
                    "the asynchronous observer", () -> ends(container).later().size() == 1);
            assertThat(ends(container).later()).isEqualTo(ends(container).seen());
        }
    }

    @Test
    void tellsTheEndAfterTheLastState() {
        try (SeContainer container = Containers.start(Ends.class)) {
            client(container).connect(BY_KEY);
            fake(container).reach("b1", SCHEDULED, TERMINATED);

            assertThat(ends(container).order()).containsExactly("scheduled", "terminated", "end");
            assertThat(ends(container).seen())
                    .containsExactly(BackendEnd.of(
                            ends(container).seen().get(0).backend(), StreamEnd.terminated(TERMINATED), TERMINATED));
        }
    }

    @Test
    void followsForAnObserverOfEndsAlone() {
        try (SeContainer container = Containers.start(OnlyEnds.class)) {
            client(container).connect(BY_KEY);
            fake(container).reach("b1", TERMINATED);

            assertThat(container.select(OnlyEnds.class).get().seen()).hasSize(1);
        }
    }

    @Test
    void tellsThatTheServerDoesNotKnowTheBackendOrRefuses() {
        JamsocketConnectionException refused = new JamsocketConnectionException("never", null, false);
        try (SeContainer container = Containers.start(Ends.class)) {
            fake(container).refusal = FakeJamsocket.notFound();
            client(container).connect(BY_KEY);
            eventually("the end", () -> ends(container).seen().size() == 1);
            fake(container).refusal = refused;
            client(container).connect(BY_KEY);
            eventually("the other end", () -> ends(container).seen().size() == 2);

            assertThat(ends(container).seen().stream().map(BackendEnd::how))
                    .containsExactly(StreamEnd.forgotten(null), StreamEnd.failed(refused));
            assertThat(ends(container).seen())
                    .allSatisfy(end -> assertThat(end.lastState()).isNull());
        }
    }

    @Test
    void aFollowingAfterAFailureEndsByItselfAndKnowsWhatWasTold() {
        try (SeContainer container = Containers.start(Ends.class)) {
            client(container).connect(BY_KEY);
            fake(container).reach("b1", READY);
            fake(container).fail("b1", new JamsocketConnectionException("gone", null, false));
            client(container).connect(BY_KEY);
            fake(container).end("b1", StreamEnd.forgotten(READY));
            client(container).connect(BY_KEY);

            assertThat(ends(container).order()).containsExactly("ready", "end", "end");
            assertThat(ends(container).seen().get(1).lastState()).isEqualTo(READY);
            assertThat(ends(container).seen().get(1).backend().startedHere()).isTrue();
        }
    }

    @Test
    void tellsThatABackendWasLeft() {
        try (SeContainer container = Containers.start(Ends.class);
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            client(container).connect(BY_KEY);
            fake(container).reach("b1", READY);

            assertThat(follower(container).unfollow("b1")).isTrue();
            assertThat(follower(container).unfollow("b1")).isFalse();
            fake(container).reach("b1", TERMINATED);

            assertThat(ends(container).order()).containsExactly("ready", "end");
            assertThat(ends(container).seen().get(0).how()).isEqualTo(StreamEnd.closed());
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void tellsThatABackendWasLeftWhileItsStreamWasBeingOpened() {
        try (SeContainer container = Containers.start(Ends.class)) {
            FakeJamsocket fake = fake(container);
            fake.gate = new CompletableFuture<>();
            client(container).connect(BY_KEY);

            assertThat(follower(container).unfollow("b1")).isTrue();
            eventually("the end", () -> ends(container).seen().size() == 1);
            fake.gate.complete(null);
            fake.reach("b1", READY);

            assertThat(ends(container).order()).containsExactly("end");
            assertThat(ends(container).seen().get(0).how()).isEqualTo(StreamEnd.closed());
        }
    }

    @Test
    void tellsNoEndWhenTheApplicationIsUndeployed() {
        Ends ends = new Ends();
        try (SeContainer container = Containers.start(Ends.class)) {
            ends(container).alsoTell(ends);
            client(container).connect(BY_KEY);
            fake(container).reach("b1", READY);
        }
        assertThat(ends.order()).containsExactly("ready");
    }

    @Test
    void whatIsFollowedAgainIsToldOfAfterTheEndOfTheFollowingBefore() throws Exception {
        try (SeContainer container = Containers.start(SlowEnds.class)) {
            SlowEnds slow = container.select(SlowEnds.class).get();
            client(container).connect(BY_KEY);
            fake(container).reach("b1", SCHEDULED);
            CompletableFuture<Boolean> left =
                    CompletableFuture.supplyAsync(() -> follower(container).unfollow("b1"));
            eventually("the end", () -> slow.seen().contains("Closed begins"));

            client(container).connect(BY_KEY);
            assertThat(follower(container).isFollowed("b1")).isTrue();
            fake(container).reach("b1", READY);
            slow.goOn();
            assertThat(left.get()).isTrue();
            fake(container).reach("b1", TERMINATED);

            assertThat(slow.seen())
                    .containsExactly(
                            "scheduled",
                            "Closed begins",
                            "Closed returns",
                            "ready",
                            "terminated",
                            "Terminated begins",
                            "Terminated returns");
        }
    }

    @Test
    void asynchronousObserversReceiveWhatIsFollowedAgainAfterTheEndBefore() {
        try (SeContainer container = Containers.start(SlowLater.class)) {
            SlowLater slow = container.select(SlowLater.class).get();
            client(container).connect(BY_KEY);
            fake(container).reach("b1", SCHEDULED);
            eventually("the state", () -> slow.seen().contains("scheduled"));
            assertThat(follower(container).unfollow("b1")).isTrue();
            client(container).connect(BY_KEY);
            fake(container).reach("b1", READY, TERMINATED);

            slow.goOn();

            eventually("both ends", () -> slow.seen().size() == 5);
            assertThat(slow.seen()).containsExactly("scheduled", "Closed", "ready", "terminated", "Terminated");
        }
    }

    @Test
    void aBackendThatIsLeftWhenItHasTerminatedIsGone() {
        try (SeContainer container = Containers.start(Ends.class, LeavesTerminated.class)) {
            client(container).connect(BY_KEY);
            fake(container).reach("b1", READY, TERMINATED);
            client(container).connect(BY_KEY);

            assertThat(ends(container).seen()).singleElement().satisfies(end -> {
                assertThat(end.how()).isEqualTo(StreamEnd.terminated(TERMINATED));
                assertThat(end.isGone()).isTrue();
            });
        }
    }

    private static Jamsocket client(SeContainer container) {
        return container.select(Jamsocket.class).get();
    }

    private static BackendFollower follower(SeContainer container) {
        return container.select(BackendFollower.class).get();
    }

    private static FakeJamsocket fake(SeContainer container) {
        return container.select(FakeClients.class).get().client(null);
    }

    private static Ends ends(SeContainer container) {
        return container.select(Ends.class).get();
    }

    @ApplicationScoped
    static class Ends {
        private final List<BackendEnd> seen = new CopyOnWriteArrayList<>();
        private final List<BackendEnd> later = new CopyOnWriteArrayList<>();
        private final List<String> order = new CopyOnWriteArrayList<>();
        private Ends other;

        void on(@Observes BackendState state) {
            tell(state.statusName());
        }

        void on(@Observes BackendEnd end) {
            seen.add(end);
            tell("end");
        }

        void onLater(@ObservesAsync BackendEnd end) {
            later.add(end);
        }

        private void tell(String what) {
            order.add(what);
            if (other != null) {
                other.tell(what);
            }
        }

        /** This object outlives the container. */
        void alsoTell(Ends outer) {
            other = outer;
        }

        List<BackendEnd> seen() {
            return seen;
        }

        List<BackendEnd> later() {
            return later;
        }

        List<String> order() {
            return order;
        }
    }

    /** It returns from the end of what was left when it may. */
    @ApplicationScoped
    static class SlowEnds {
        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final CountDownLatch gate = new CountDownLatch(1);

        void on(@Observes BackendEvent event) {
            seen.add(event.state().statusName());
        }

        void on(@Observes BackendEnd end) throws InterruptedException {
            String how = end.how().getClass().getSimpleName();
            seen.add(how + " begins");
            if (!end.isGone()) {
                gate.await();
            }
            seen.add(how + " returns");
        }

        void goOn() {
            gate.countDown();
        }

        List<String> seen() {
            return seen;
        }
    }

    /** It returns from the first state when it may. */
    @ApplicationScoped
    static class SlowLater {
        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final CountDownLatch gate = new CountDownLatch(1);

        void on(@ObservesAsync BackendEvent event) throws InterruptedException {
            seen.add(event.state().statusName());
            gate.await();
        }

        void on(@ObservesAsync BackendEnd end) {
            seen.add(end.how().getClass().getSimpleName());
        }

        void goOn() {
            gate.countDown();
        }

        List<String> seen() {
            return seen;
        }
    }

    @ApplicationScoped
    static class LeavesTerminated {
        void on(@Observes BackendState.Terminated state, BackendFollower follower) {
            follower.unfollow("b1");
        }
    }

    @ApplicationScoped
    static class OnlyEnds {
        private final List<BackendEnd> seen = new CopyOnWriteArrayList<>();

        void on(@Observes BackendEnd end) {
            seen.add(end);
        }

        List<BackendEnd> seen() {
            return seen;
        }
    }
}
