package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static com.jamsocket.testkit.States.READY;
import static com.jamsocket.testkit.States.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.ClusterState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.StreamEnd;
import com.jamsocket.testkit.LogRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The drone of a backend is lost, or drained. */
class DroneTest {

    private static final ConnectRequest BY_KEY =
            ConnectRequest.builder().key("k").build();
    private static final ClusterState EMPTY = ClusterState.of(List.of(), List.of());
    private static final ClusterState IN_USE = cluster(false, Duration.ofSeconds(3));

    private static ClusterState cluster(boolean draining, Duration silence) {
        return ClusterState.of(
                List.of(ClusterState.Drone.builder(
                                ClusterState.Node.builder("dr-1").build())
                        .draining(draining)
                        .lastHeartbeatAge(silence)
                        .build()),
                List.of());
    }

    @Test
    void aBackendWhoseDroneIsGoneEndsAsLostWhenTheTimeIsOver() {
        try (SeContainer container = start("PT1M");
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            connect(container, BY_KEY);
            fake(container).reach("b1", READY);
            pass(container, Duration.ofMinutes(5));
            assertThat(seen(container).ends()).isEmpty();

            fake(container).cluster = () -> EMPTY;
            pass(container, Duration.ofSeconds(58));
            assertThat(seen(container).ends()).isEmpty();
            pass(container, Duration.ofSeconds(40));

            assertThat(seen(container).ends()).singleElement().satisfies(end -> {
                assertThat(end.how()).isEqualTo(StreamEnd.droneLost("dr-1", READY));
                assertThat(end.lastState()).isEqualTo(READY);
                assertThat(end.isGone()).isTrue();
            });
            assertThat(fake(container).streams).allMatch(stream -> stream.end.isDone());
            assertThat(log.texts()).singleElement().asString().contains("JAMSOCKET-209", "dr-1", "b1");
        }
    }

    @Test
    void aSilentDroneIsLostToo() {
        try (SeContainer container = start("PT1M")) {
            connect(container, BY_KEY);
            fake(container).cluster = () -> cluster(false, Duration.ofSeconds(46));
            pass(container, Duration.ofSeconds(100));

            assertThat(seen(container).ends())
                    .extracting(BackendEnd::how)
                    .containsExactly(StreamEnd.droneLost("dr-1", null));
        }
    }

    @Test
    void aLostBackendIsNotFollowedAgain() {
        try (SeContainer container = start("PT1M")) {
            connect(container, BY_KEY);
            fake(container).cluster = () -> EMPTY;
            pass(container, Duration.ofSeconds(100));
            connect(container, BY_KEY);

            assertThat(fake(container).opened).containsExactly("b1");
            assertThat(follower(container).followed()).isEmpty();
        }
    }

    @Test
    void aDroneThatComesBackInTimeIsNotLost() {
        try (SeContainer container = start("PT1M")) {
            connect(container, BY_KEY);
            for (int i = 0; i < 5; i++) {
                fake(container).cluster = () -> EMPTY;
                pass(container, Duration.ofSeconds(55));
                fake(container).cluster = () -> IN_USE;
                pass(container, Duration.ofSeconds(20));
            }
            assertThat(seen(container).ends()).isEmpty();
        }
    }

    @Test
    void afterAnOutageOfTheControllerDronesHaveTheirTimeToComeBack() {
        try (SeContainer container = start("PT1M")) {
            connect(container, BY_KEY);
            fake(container).cluster = () -> EMPTY;
            pass(container, Duration.ofSeconds(40));
            fake(container).cluster = () -> {
                throw new JamsocketConnectionException("down", null, false);
            };
            pass(container, Duration.ofMinutes(10));
            fake(container).cluster = () -> EMPTY;
            pass(container, Duration.ofSeconds(50));
            fake(container).cluster = () -> IN_USE;
            pass(container, Duration.ofMinutes(5));

            assertThat(seen(container).ends()).isEmpty();
        }
    }

    @Test
    void whatHasEndedIsLeftToItsStream() {
        try (SeContainer container = start("PT1M")) {
            connect(container, BY_KEY);
            fake(container).ahead = TERMINATED;
            fake(container).cluster = () -> EMPTY;
            pass(container, Duration.ofMinutes(5));
            assertThat(seen(container).ends()).isEmpty();

            fake(container).reach("b1", TERMINATED);
            assertThat(seen(container).ends())
                    .extracting(BackendEnd::how)
                    .containsExactly(StreamEnd.terminated(TERMINATED));
        }
    }

    @Test
    void tellsOnceThatADroneIsDrained() {
        try (SeContainer container = start("PT1M")) {
            connect(container, BY_KEY);
            fake(container).cluster = () -> cluster(true, Duration.ZERO);
            pass(container, Duration.ofMinutes(5));
            eventually("the event", () -> !seen(container).draining().isEmpty());

            assertThat(seen(container).draining()).singleElement().satisfies(event -> {
                assertThat(event.drone()).isEqualTo("dr-1");
                assertThat(event.backend().key()).isEqualTo("k");
            });
            assertThat(seen(container).ends()).isEmpty();
        }
    }

    @Test
    void watchesOnlyWhereADroneIsKnownAndStopsWhenNoBackendIsLeft() {
        try (SeContainer container = start("PT1M")) {
            fake(container).drone = null;
            connect(container, BY_KEY);
            pass(container, Duration.ofMinutes(5));
            assertThat(looks(container)).isZero();

            fake(container).drone = "dr-1";
            connect(container, ConnectRequest.builder().key("other").build());
            pass(container, Duration.ofMinutes(5));
            assertThat(looks(container)).isBetween(15L, 20L);

            fake(container).reach("b2", TERMINATED);
            pass(container, Duration.ofMinutes(1));
            long before = looks(container);
            pass(container, Duration.ofMinutes(5));
            assertThat(looks(container)).isEqualTo(before);
        }
    }

    @Test
    void watchesNothingUnlessItIsAskedTo() {
        try (SeContainer container = start("0")) {
            connect(container, BY_KEY);
            pass(container, Duration.ofMinutes(5));

            assertThat(looks(container)).isZero();
        }
    }

    @Test
    void looksNoMoreOverAClientThatIsClosed() {
        try (SeContainer container = start("PT1M");
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            connect(container, BY_KEY);
            pass(container, Duration.ofMinutes(1));
            fake(container).closed = true;
            pass(container, Duration.ofMinutes(5));

            assertThat(looks(container)).isBetween(3L, 4L);
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void aConnectSucceedsWhereTimeIsOverForItsDrone() {
        try (SeContainer container = start("PT1M");
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            fake(container).drone = null;
            connect(container, BY_KEY);
            container.select(FakeClients.class).get().time().close();
            fake(container).drone = "dr-1";
            connect(container, ConnectRequest.builder().key("other").build());

            assertThat(fake(container).opened).containsExactly("b1", "b2");
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void aNodeThatDoesNotTellOfABackendSaysNothingOfItsDrone() {
        try (SeContainer container = start("PT1M", Taken.class);
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            container.select(Jamsocket.class).get().connect(BY_KEY);
            fake(container).cluster = () -> EMPTY;
            pass(container, Duration.ofMinutes(2));
            fake(container).cluster = () -> cluster(true, Duration.ZERO);
            pass(container, Duration.ofMinutes(2));

            assertThat(seen(container).ends()).isEmpty();
            assertThat(seen(container).draining()).isEmpty();
            assertThat(log.warnings()).isEmpty();
            assertThat(looks(container)).isPositive();
        }
    }

    @Test
    void saysThatItNeedsTheNameOfTheCluster() {
        try (SeContainer container = start("PT1M");
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            fake(container).cluster = null;
            connect(container, BY_KEY);
            pass(container, Duration.ofMinutes(5));

            assertThat(log.texts())
                    .singleElement()
                    .asString()
                    .contains("JAMSOCKET-208")
                    .contains("jamsocket.plane-cluster");
        }
    }

    private static SeContainer start(String limit, Class<?>... beans) {
        Class<?>[] all = Arrays.copyOf(beans, beans.length + 1);
        all[beans.length] = Seen.class;
        SeContainer container = Containers.start(all);
        FakeClients clients = container.select(FakeClients.class).get();
        clients.set("jamsocket.drone-lost-after", limit);
        clients.client(null).drone = "dr-1";
        clients.client(null).cluster = () -> IN_USE;
        return container;
    }

    private static void connect(SeContainer container, ConnectRequest request) {
        container.select(Jamsocket.class).get().connect(request);
        eventually("the stream", () -> !fake(container).opened.isEmpty());
    }

    /** Lets time pass in steps, and not all at once: what is due looks at the time. */
    private static void pass(SeContainer container, Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minusSeconds(1)) {
            container.select(FakeClients.class).get().time().advance(Duration.ofSeconds(1));
        }
    }

    private static long looks(SeContainer container) {
        return fake(container).calls.stream().filter("clusterState"::equals).count();
    }

    private static FakeJamsocket fake(SeContainer container) {
        return container.select(FakeClients.class).get().client(null);
    }

    private static BackendFollower follower(SeContainer container) {
        return container.select(BackendFollower.class).get();
    }

    private static Seen seen(SeContainer container) {
        return container.select(Seen.class).get();
    }

    @ApplicationScoped
    static class Seen {
        private final List<BackendEnd> ends = new CopyOnWriteArrayList<>();
        private final List<BackendDraining> draining = new CopyOnWriteArrayList<>();

        List<BackendEnd> ends() {
            return ends;
        }

        List<BackendDraining> draining() {
            return draining;
        }

        void on(@Observes BackendEnd end) {
            ends.add(end);
        }

        void on(@Observes BackendDraining event) {
            draining.add(event);
        }
    }

    /** Another node tells of all backends. */
    @ApplicationScoped
    static class Taken implements FollowClaim {
        @Override
        public Answer claim(BackendInfo backend, Duration lease) {
            return Answer.TAKEN;
        }

        @Override
        public boolean renew(BackendInfo backend, Duration lease) {
            return false;
        }

        @Override
        public void release(BackendInfo backend, boolean ended) {}
    }
}
