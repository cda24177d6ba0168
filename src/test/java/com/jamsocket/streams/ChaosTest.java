package com.jamsocket.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.Fault.Moment;
import com.jamsocket.testkit.Dialect;
import com.jamsocket.testkit.States;
import com.jamsocket.testkit.StatusRecorder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault at every moment of a stream's first, second, or first three connections. The backend moves on when its
 * follower has heard of its state, so that every status of its life must be heard of. All cases run side by side; each
 * test then judges its own.
 */
class ChaosTest {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** When a stream is first compared with the status, which may open it anew and meet a fault by that. */
    private static final Duration FIRST_COMPARISON = Duration.ofSeconds(5);

    private static final int TRIES = 4;

    /** Which state is left out. */
    private static final Map<Moment, BackendStatus> STATUS_AT = Map.of(
            Moment.HANDSHAKE, BackendStatus.SCHEDULED,
            Moment.BEFORE_FIRST_EVENT, BackendStatus.LOADING,
            Moment.MID_EVENT, BackendStatus.STARTING,
            Moment.BETWEEN_EVENTS, BackendStatus.READY,
            Moment.AFTER_TERMINATED, BackendStatus.TERMINATED);

    /** What can go wrong. Given in the order of {@link Fault.Kind}. */
    private enum Trouble {
        REFUSE(Fault.refuse()),
        RESET(Fault.reset()),
        END(Fault.end()),
        STALL(Fault.stall()),
        HALF_EVENT(Fault.halfEvent()),
        GARBAGE(Fault.garbage()),
        TOO_MANY(Fault.answer(429).retryAfter(RETRY_AFTER)),
        ERROR(Fault.answer(500)),
        UNAVAILABLE(Fault.answer(503).retryAfter(RETRY_AFTER)),
        HTML(Fault.html()),
        SLOW(Fault.slow()),
        DROPPED(Fault.dropEvent(BackendStatus.STARTING));

        private final Fault fault;

        Trouble(Fault fault) {
            this.fault = fault;
        }

        /** Whether the connection is lost by it. */
        boolean disconnects() {
            return this != SLOW && this != GARBAGE;
        }

        /** Whether there is an answer, of whatever kind, where there should be the head of a stream. */
        boolean answers() {
            return fault.kind() == Fault.Kind.ANSWER;
        }
    }

    private enum Struck {
        FIRST(1),
        SECOND(1),
        FIRST_THREE(3);

        private final int times;

        Struck(int times) {
            this.times = times;
        }
    }

    private record Case(Dialect dialect, Trouble trouble, Moment moment, Struck struck) {

        /** The faults that bring it about. */
        List<Fault> faults() {
            if (trouble == Trouble.DROPPED) {
                return dropped();
            }
            Fault fault = trouble.fault.at(moment).times(struck.times);
            return struck == Struck.SECOND ? List.of(Fault.end().at(Moment.BETWEEN_EVENTS), fault) : List.of(fault);
        }

        /** A stream that lives on without the state of that moment; then what fetches it goes wrong as well. */
        private List<Fault> dropped() {
            Fault fault = Fault.dropEvent(STATUS_AT.get(moment));
            return switch (struck) {
                case FIRST -> List.of(fault);
                case SECOND -> List.of(Fault.end().at(Moment.BETWEEN_EVENTS), fault);
                case FIRST_THREE ->
                    List.of(
                            fault,
                            Fault.reset().at(Moment.BEFORE_FIRST_EVENT),
                            Fault.end().at(Moment.BETWEEN_EVENTS));
            };
        }

        /**
         * How many connections are lost at least. On one that it has used before, Java's HTTP client tries once more by
         * itself when it is lost before the answer, or is reset before it has read of that.
         */
        int losses() {
            int before = struck == Struck.SECOND ? 1 : 0;
            if (trouble == Trouble.DROPPED) {
                // The one that is left for another which tells all from the beginning.
                return struck == Struck.SECOND ? 1 : struck.times;
            }
            if (moment == Moment.AFTER_TERMINATED || trouble == Trouble.HTML || !trouble.disconnects()) {
                return before;
            }
            boolean isBeforeAnswer = moment == Moment.HANDSHAKE && !trouble.answers();
            return before + (isBeforeAnswer || trouble == Trouble.RESET ? struck.times / 2 : struck.times);
        }

        boolean isRefused() {
            return trouble == Trouble.HTML && moment != Moment.AFTER_TERMINATED;
        }
    }

    private static final class Life extends StatusRecorder {
        private final World world;
        private final String id;
        private StatusSubscription subscription;
        private CompletionStage<Duration> length;

        Life(World world) {
            this.world = world;
            this.id = world.client().connect().backendId();
        }

        void begin(Case struck) {
            long start = System.nanoTime();
            struck.faults().forEach(fault -> world.server().inject(fault.forBackend(id)));
            subscription = world.follow(id, this);
            length = subscription.end().thenApply(end -> Duration.ofNanos(System.nanoTime() - start));
        }

        StreamEnd end() {
            return endOf(subscription);
        }

        /** How often the client has asked for its stream: of several losses that wait a listener hears the last. */
        long streams() {
            return STREAMS.stream().filter(path -> path.contains(id)).count();
        }

        Duration length() {
            return length.toCompletableFuture().join();
        }

        boolean wasCompared() {
            return length().compareTo(FIRST_COMPARISON) >= 0;
        }

        @Override
        protected void reached(BackendState state) {
            States.moveOn(world.server(), id, state);
        }
    }

    private static final Map<Case, Life> LIVES = new LinkedHashMap<>();
    private static final List<World> WORLDS = new ArrayList<>();

    /** The paths of all streams that were asked for. */
    private static final Queue<String> STREAMS = new ConcurrentLinkedQueue<>();

    static Stream<Case> cases() {
        return Stream.of(Dialect.values()).flatMap(dialect -> Stream.of(Trouble.values())
                .flatMap(trouble -> Stream.of(Moment.values()).flatMap(moment -> Stream.of(Struck.values())
                        .map(struck -> new Case(dialect, trouble, moment, struck)))));
    }

    @BeforeAll
    static void letEverythingGoWrong() {
        for (Dialect dialect : Dialect.values()) {
            World world = open(World.of(dialect, ChaosTest::counted));
            Map<Trouble, World> special = new EnumMap<>(Trouble.class);
            // Refusals strike whoever connects, and stalls are found by those only who look often.
            special.put(Trouble.REFUSE, open(World.of(dialect, ChaosTest::counted)));
            special.put(Trouble.STALL, open(World.of(dialect, client -> counted(World.watchful(client)))));
            Map<Case, Life> lives = new HashMap<>();
            cases().filter(each -> each.dialect == dialect)
                    .forEach(each -> lives.put(each, new Life(special.getOrDefault(each.trouble, world))));
            lives.forEach((struck, life) -> life.begin(struck));
            LIVES.putAll(lives);
        }
    }

    private static Jamsocket.Builder counted(Jamsocket.Builder client) {
        return client.register((ClientRequestFilter) request -> {
            String path = request.getUri().getPath();
            if (path.endsWith("stream")) {
                STREAMS.add(path);
            }
        });
    }

    private static World open(World world) {
        WORLDS.add(world);
        return world;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theStatesComeInOrderAndOnceAndThenTheEnd(Case struck) {
        Life life = LIVES.get(struck);
        StreamEnd end = life.end();
        // On a busy machine, where side by side they are slow; alone it has the time.
        for (int tries = 1; tries < TRIES && life.wasCompared() && !isAsItShouldBe(struck, life, end); tries++) {
            life = new Life(life.world);
            life.begin(struck);
            end = life.end();
        }
        judge(struck, life, end);
    }

    private static boolean isAsItShouldBe(Case struck, Life life, StreamEnd end) {
        try {
            judge(struck, life, end);
            return true;
        } catch (AssertionError otherwise) {
            return false;
        }
    }

    private static void judge(Case struck, Life life, StreamEnd end) {
        if (struck.isRefused()) {
            assertThat(end).isInstanceOfSatisfying(StreamEnd.Failed.class, failed -> assertThat(failed.cause())
                    .isInstanceOf(JamsocketProtocolException.class));
            assertThat(States.LIFE.subList(0, 2)).containsAll(life.statuses);
        } else {
            assertThat(life.statuses).isEqualTo(States.LIFE);
            assertThat(end).isInstanceOfSatisfying(StreamEnd.Terminated.class, terminated -> assertThat(
                            terminated.state().reasonName())
                    .isEqualTo("external"));
        }
        assertThat(life.streams()).isGreaterThan(struck.losses());
        if (struck.losses() > 0) {
            assertThat(life.delays).isNotEmpty();
        }
        if (struck.trouble.fault.retryAfter() != null && struck.moment == Moment.HANDSHAKE) {
            assertThat(life.delays).anySatisfy(delay -> assertThat(delay).isGreaterThanOrEqualTo(RETRY_AFTER));
            assertThat(life.length()).isGreaterThanOrEqualTo(RETRY_AFTER.multipliedBy(struck.struck.times));
        }
    }

    @AfterAll
    static void nothingIsLeftBehind() {
        LIVES.clear();
        STREAMS.clear();
        WORLDS.forEach(World::closeClient);
        try {
            WORLDS.forEach(World::expectNothingLeft);
        } finally {
            WORLDS.forEach(World::close);
            WORLDS.clear();
        }
    }
}
