package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static com.jamsocket.testkit.States.READY;
import static com.jamsocket.testkit.States.SCHEDULED;
import static com.jamsocket.testkit.States.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.testkit.Eventually;
import com.jamsocket.testkit.LogRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes, of which one tells. Each has a clock of its own, and both a table. */
class FollowClaimTest {

    @BeforeEach
    void emptyTheTable() {
        Table.ROWS.clear();
        Table.time = new ManualTicker();
    }

    @Test
    void oneOfTwoNodesTellsOfABackendAndTellsItsEndOnce() {
        try (Node a = new Node();
                Node b = new Node()) {
            a.follow();
            eventually("its claim", a::isOpen);
            b.follow();
            eventually("the question of the other", () -> b.table().asked() >= 1);
            reach(a, b);
            passTime(Duration.ofMinutes(1), a, b);
            a.fake().reach("b1", TERMINATED);
            b.fake().reach("b1", TERMINATED);
            eventually("the release", () -> Table.ROWS.get("b1").ended());
            passTime(Duration.ofSeconds(6), a, b);
            b.await("that the other asks no more", () -> !b.follower().isFollowed("b1"));

            a.hasTold("history scheduled", "ready", "terminated", "end");
            assertThat(b.told()).isEmpty();
            assertThat(b.fake().opened).isEmpty();
        }
    }

    @Test
    void anotherNodeTakesOverWhenTheOneThatTellsIsKilled() {
        try (Node a = new Node();
                Node b = new Node()) {
            a.follow();
            eventually("its claim", a::isOpen);
            b.follow();
            reach(a, b);
            // Killed: its clock stands still, and it does nothing any more.
            for (int i = 0; i < 6 && !b.isOpen(); i++) {
                passTime(Duration.ofSeconds(6), b);
                int question = i;
                b.await("a question", () -> b.table().asked() > question || b.isOpen());
            }
            b.await("the other's stream", b::isOpen);
            b.fake().reach("b1", TERMINATED);

            b.hasTold("history scheduled", "history ready", "terminated", "end");
        }
    }

    @Test
    void anotherNodeTakesOverWhenTheOneThatTellsIsUndeployed() {
        try (Node b = new Node()) {
            try (Node a = new Node()) {
                a.follow();
                eventually("its claim", a::isOpen);
            }
            b.fake().connect(com.jamsocket.ConnectRequest.builder().build());
            eventually("the release", () -> Table.ROWS.get("b1").holder() == null);
            b.follow();

            eventually("the other's stream", b::isOpen);
        }
    }

    @Test
    void aNodeThatCannotRenewStopsInTimeAndGoesOnWhenItCan() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi");
                Node a = new Node()) {
            a.follow();
            eventually("its claim", a::isOpen);
            a.fake().reach("b1", SCHEDULED);
            loseTheClaim(a);
            a.fake().reach("b1", READY);
            a.hasTold("history scheduled");
            assertThat(log.warnings()).anyMatch(warning -> warning.getMessage().contains("claim on the backend"));

            a.table().fail(false);
            eventually("its claim again", () -> {
                passTime(Duration.ofSeconds(6), a);
                return a.isOpen();
            });
            a.hasTold("history scheduled", "history ready");
        }
    }

    @Test
    void aLimitIsAnnouncedOnceWhereTheClaimIsHeldThen() {
        Table.ROWS.put("b1", new Row("somebody", Instant.MAX, false));
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi");
                Node a = new Node()) {
            a.set("jamsocket.expiry-notice", "PT30M");
            Instant limit = a.time().now().plus(Duration.ofHours(1));
            a.follow(BackendInfo.builder("b1").expires(limit).build());
            eventually("a question", () -> a.table().asked() >= 1);
            assertThat(a.time().waiting()).as("the next question alone").isLessThanOrEqualTo(1);

            Table.ROWS.clear();
            eventually("its claim", () -> {
                passTime(Duration.ofSeconds(6), a);
                return a.isOpen();
            });
            loseTheClaim(a);
            a.time().advance(Duration.between(a.time().now(), limit.minus(Duration.ofMinutes(20))));
            assertThat(a.told()).as("another may be telling of it").isEmpty();

            claimAgain(a);
            // Its timer is set only after its stream is opened.
            a.await("the notice", () -> !a.told().isEmpty());
            a.hasTold("expiring");
            loseTheClaim(a);
            claimAgain(a);
            a.fake().reach("b1", TERMINATED);
            a.hasTold("expiring", "terminated", "end");
            assertThat(log.warnings()).isNotEmpty();
        }
    }

    private static void claimAgain(Node node) {
        node.table().fail(false);
        node.await("the next question", () -> node.time().waiting() > 0 || node.isOpen());
        node.time().advance(Duration.ofSeconds(6));
        node.await("its claim again", node::isOpen);
    }

    private static void loseTheClaim(Node node) {
        node.table().fail(true);
        for (int i = 0; i < 5; i++) {
            passTime(Duration.ofSeconds(8), node);
        }
        eventually("the end of its stream", () -> !node.isOpen());
    }

    @Test
    void aTableThatIsSlowToAnswerDoesNotCostTheLease() {
        try (Node a = new Node()) {
            a.table().whileAnswering(() -> a.time().advance(Claim.LEASE.minusSeconds(5)));
            a.follow();
            a.await("the renewal", () -> a.table().renewals() == 1);
            assertThat(a.isOpen()).isTrue();
        }
    }

    @Test
    void whatWasLeftMayBeTakenOver() {
        try (Node a = new Node();
                Node b = new Node()) {
            a.follow();
            eventually("its claim", a::isOpen);
            b.follow();
            eventually("the question of the other", () -> b.table().asked() >= 1);
            assertThat(a.follower().unfollow("b1")).isTrue();
            eventually("the release", () -> Table.ROWS.get("b1").holder() == null);
            eventually("the other's stream", () -> {
                passTime(Duration.ofSeconds(6), b);
                return b.isOpen();
            });

            a.hasTold("end");
        }
    }

    @Test
    void theEndIsNotTheTablesBeforeAllAsynchronousObserversWereTold() {
        try (Node a = new Node(Slow.class)) {
            a.follow();
            eventually("its claim", a::isOpen);
            a.fake().reach("b1", SCHEDULED, READY, TERMINATED);
            a.hasTold("history scheduled", "ready", "terminated", "end");
            eventually("the observer that is slow", () -> a.slow().told().contains("terminated"));
            // In steps of which a thread that is slow to renew may miss some.
            for (int second = 0; second < 60; second++) {
                Table.time.advance(Duration.ofSeconds(1));
                a.time().advance(Duration.ofSeconds(1));
                a.await("the renewal", () -> !a.table().isToBeRenewed());
            }
            assertThat(Table.ROWS.get("b1").ended()).isFalse();

            a.slow().goOn();

            eventually("the release", () -> Table.ROWS.get("b1").ended());
            assertThat(a.slow().told()).containsExactly("scheduled", "ready", "terminated", "end");
        }
    }

    @Test
    void anEndThatANodeWasUndeployedInTheMidstOfIsToldByTheNext() {
        // It waits a second for its claim to be given up, which a busy machine may take now and then.
        for (int tries = 0; tries < 3 && !isReleased(); tries++) {
            emptyTheTable();
            try (Node a = new Node(Slow.class)) {
                a.follow();
                eventually("its claim", a::isOpen);
                a.fake().reach("b1", SCHEDULED, READY, TERMINATED);
                eventually("the observer that is slow", () -> a.slow().told().contains("terminated"));
            }
        }
        try (Node b = new Node(Slow.class)) {
            b.slow().goOn();
            b.fake().reach("b1", SCHEDULED, READY, TERMINATED);
            b.follow();

            eventually("the release", () -> Table.ROWS.get("b1").ended());
            assertThat(b.slow().told()).containsExactly("scheduled", "ready", "terminated", "end");
        }
    }

    @Test
    void whatIsFollowedAgainIsAskedForAfterTheCallThatIsUnderWay() {
        try (Node a = new Node()) {
            CountDownLatch gate = new CountDownLatch(1);
            a.table().whileAnswering(() -> await(gate));
            a.follow();
            eventually("the question", () -> a.table().mostAtOnce() == 1);
            for (int i = 0; i < 2; i++) {
                assertThat(a.follower().unfollow("b1")).isTrue();
                a.follow();
            }

            gate.countDown();

            eventually("its claim", a::isOpen);
            assertThat(a.table().mostAtOnce()).isEqualTo(1);
            assertThat(Table.ROWS.get("b1").holder()).isNotNull();
        }
    }

    @Test
    void whoTakesOverTellsAsHistoryWhatAnotherHasTold() {
        Table.ROWS.put("b1", new Row("somebody", Instant.MAX, false));
        try (Node a = new Node()) {
            a.follow(BackendInfo.builder("b1").startedHere(true).build());
            eventually("a question", () -> a.table().asked() >= 1);
            a.fake().reach("b1", SCHEDULED, READY);

            Table.ROWS.clear();
            claimAgain(a);

            a.fake().reach("b1", TERMINATED);
            a.hasTold("history scheduled", "history ready", "terminated", "end");
        }
    }

    @Test
    void whatWasLeftIsReleasedAtOnceHoweverSlowItsObserversAre() {
        try (Node a = new Node(Stuck.class)) {
            a.follow();
            eventually("its claim", a::isOpen);
            a.fake().reach("b1", SCHEDULED);
            eventually("the observer that is slow", () -> a.stuck().told().contains("scheduled"));

            a.follower().unfollow("b1");
            a.hasTold("history scheduled", "end");
            eventually("the release", () -> Table.ROWS.get("b1").holder() == null);
            a.follow();
            eventually("its claim again", a::isOpen);
        }
    }

    @Test
    void anUndeploymentStopsWhatIsToldOfAnEarlierFollowingToo() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            List<String> told;
            try (Node a = new Node(Stuck.class)) {
                told = a.stuck().told();
                a.follow();
                eventually("its claim", a::isOpen);
                a.fake().reach("b1", SCHEDULED);
                eventually("the observer that is slow", () -> told.contains("scheduled"));
                a.follower().unfollow("b1");
                a.hasTold("history scheduled", "end");
                a.follow();
                eventually("its claim again", a::isOpen);
            }
            eventually("its interruption", () -> told.contains("interrupted"));
            assertThat(Table.ROWS.get("b1").holder()).isNull();
            assertThat(told).containsExactly("scheduled", "interrupted");
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void whatWasLeftIsNotFollowedAnyMoreWhenItsClaimIsLostBeforeItHasEnded() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi");
                Node a = new Node()) {
            a.follow();
            eventually("its claim", a::isOpen);
            a.fake().closing = new CompletableFuture<>();
            assertThat(a.follower().unfollow("b1")).isTrue();
            assertThat(a.follower().isFollowed("b1")).as("its end is not told").isTrue();

            Table.ROWS.put("b1", new Row("somebody", Instant.MAX, false));
            eventually("the loss", () -> {
                passTime(Duration.ofSeconds(11), a);
                return !a.follower().isFollowed("b1");
            });
            a.fake().closing.complete(null);

            assertThat(a.told()).as("another node tells of it").isEmpty();
            assertThat(log.texts()).singleElement().asString().contains("JAMSOCKET-204");
            Table.ROWS.clear();
            a.follow();
            eventually("its claim again", a::isOpen);
        }
    }

    @Test
    void aNodeThatWaitsLeavesWithoutAWord() {
        Table.ROWS.put("b1", new Row("somebody", Instant.MAX, false));
        try (Node b = new Node()) {
            b.follow();
            eventually("a question", () -> b.table().asked() >= 1);

            assertThat(b.follower().unfollow("b1")).isTrue();

            assertThat(b.follower().isFollowed("b1")).isFalse();
            assertThat(b.told()).isEmpty();
        }
    }

    private static boolean isReleased() {
        Row row = Table.ROWS.get("b1");
        return row != null && row.holder() == null;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reach(Node a, Node b) {
        a.fake().reach("b1", SCHEDULED, READY);
        b.fake().reach("b1", SCHEDULED, READY);
    }

    /** In steps, so that what is started on other threads comes to its turn. */
    private static void passTime(Duration time, Node... nodes) {
        for (long second = 0; second < time.toSeconds(); second++) {
            Table.time.advance(Duration.ofSeconds(1));
            for (Node node : nodes) {
                node.time().advance(Duration.ofSeconds(1));
                node.settle();
            }
        }
    }

    /** An application on one machine. */
    private static final class Node implements AutoCloseable {
        private final SeContainer container;

        Node(Class<?>... more) {
            container = Containers.start(Stream.concat(Stream.of(Table.class, Told.class), Stream.of(more))
                    .toArray(Class<?>[]::new));
            fake().connect(com.jamsocket.ConnectRequest.builder().build());
        }

        void follow() {
            follow(BackendInfo.builder("b1").build());
        }

        void follow(BackendInfo backend) {
            assertThat(follower().follow(backend)).isTrue();
        }

        void set(String setting, String value) {
            container.select(FakeClients.class).get().set(setting, value);
        }

        boolean isOpen() {
            return fake().streams.stream().anyMatch(stream -> !stream.end.isDone());
        }

        FakeJamsocket fake() {
            return container.select(FakeClients.class).get().client(null);
        }

        ManualTicker time() {
            return container.select(FakeClients.class).get().time();
        }

        BackendFollower follower() {
            return container.select(BackendFollower.class).get();
        }

        Slow slow() {
            return container.select(Slow.class).get();
        }

        Stuck stuck() {
            return container.select(Stuck.class).get();
        }

        Table table() {
            return container.select(Table.class).get();
        }

        /** In this order, and no more; the last of it may be on its way. */
        void hasTold(String... expected) {
            eventually("what is told", () -> told().size() >= expected.length);
            assertThat(told()).containsExactly(expected);
        }

        List<String> told() {
            return container.select(Told.class).get().told();
        }

        /** Waits for the renewal that is due: threads may be slow. */
        void settle() {
            await("the renewal", () -> !(isOpen() && table().isToBeRenewed()));
        }

        /** Waits for what is due by the clock: a thread that was slow makes it due only after time has passed. */
        void await(String what, Eventually.Condition<RuntimeException> condition) {
            eventually(what, () -> {
                time().advance(Duration.ZERO);
                return condition.holds();
            });
        }

        @Override
        public void close() {
            container.close();
        }
    }

    private record Row(String holder, Instant until, boolean ended) {}

    /** What a table of a database does. */
    @ApplicationScoped
    static class Table implements FollowClaim {
        static final Map<String, Row> ROWS = new ConcurrentHashMap<>();
        static volatile ManualTicker time = new ManualTicker();

        private final String node = java.util.UUID.randomUUID().toString();
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger renewals = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();
        private volatile boolean failing;
        private volatile Runnable whileAnswering = () -> {};

        @Override
        public Answer claim(BackendInfo backend, Duration lease) {
            mostAtOnce.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                return answer(backend, lease);
            } finally {
                inside.decrementAndGet();
            }
        }

        private Answer answer(BackendInfo backend, Duration lease) {
            whileAnswering.run();
            if (failing) {
                throw new IllegalStateException("no database");
            }
            Row row = ROWS.compute(backend.backendId(), (id, before) -> claimed(before, lease));
            asked.incrementAndGet();
            if (row.ended()) {
                return Answer.ENDED;
            }
            return row.holder().equals(node) ? Answer.GRANTED : Answer.TAKEN;
        }

        private Row claimed(Row before, Duration lease) {
            boolean over = before != null && before.ended();
            boolean free = before == null
                    || before.holder() == null
                    || before.holder().equals(node)
                    || before.until().isBefore(time.now());
            return free && !over ? new Row(node, time.now().plus(lease), false) : before;
        }

        @Override
        public boolean renew(BackendInfo backend, Duration lease) {
            if (failing) {
                throw new IllegalStateException("no database");
            }
            Row row = ROWS.computeIfPresent(
                    backend.backendId(),
                    (id, before) -> node.equals(before.holder())
                            ? new Row(node, time.now().plus(lease), before.ended())
                            : before);
            renewals.incrementAndGet();
            return row != null && node.equals(row.holder());
        }

        @Override
        public void release(BackendInfo backend, boolean ended) {
            ROWS.computeIfPresent(
                    backend.backendId(),
                    (id, before) -> node.equals(before.holder()) ? new Row(null, time.now(), ended) : before);
        }

        int asked() {
            return asked.get();
        }

        int renewals() {
            return renewals.get();
        }

        int mostAtOnce() {
            return mostAtOnce.get();
        }

        void whileAnswering(Runnable action) {
            whileAnswering = action;
        }

        boolean isToBeRenewed() {
            Row row = ROWS.get("b1");
            return !failing
                    && row != null
                    && node.equals(row.holder())
                    && row.until().isBefore(time.now().plusSeconds(18));
        }

        void fail(boolean fails) {
            failing = fails;
        }
    }

    /** Told asynchronously; it takes its time with the last state. */
    @ApplicationScoped
    static class Slow {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final CountDownLatch gate = new CountDownLatch(1);

        void on(@ObservesAsync BackendEvent event) throws InterruptedException {
            told.add(event.state().statusName());
            if (event.state() instanceof BackendState.Terminated) {
                gate.await();
            }
        }

        void on(@ObservesAsync BackendEnd end) {
            told.add("end");
        }

        void goOn() {
            gate.countDown();
        }

        List<String> told() {
            return told;
        }
    }

    /** Told asynchronously; it does not return from the first state before it is interrupted. */
    @ApplicationScoped
    static class Stuck {
        private final List<String> told = new CopyOnWriteArrayList<>();

        void on(@ObservesAsync BackendEvent event) throws InterruptedException {
            told.add(event.state().statusName());
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                told.add("interrupted");
                throw e;
            }
        }

        void on(@ObservesAsync BackendEnd end) {
            told.add("end");
        }

        List<String> told() {
            return told;
        }
    }

    @ApplicationScoped
    static class Told {
        private final List<String> told = new CopyOnWriteArrayList<>();

        void on(@Observes BackendEvent event) {
            told.add((event.history() ? "history " : "") + event.state().statusName());
        }

        void on(@Observes BackendEnd end) {
            told.add("end");
        }

        void on(@Observes BackendExpiring event) {
            told.add("expiring");
        }

        List<String> told() {
            return told;
        }
    }
}
