package com.jamsocket.streams;

import static com.jamsocket.testkit.Eventually.eventually;
import static com.jamsocket.testkit.Promptness.fastestIsWithin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.JamsocketException;
import com.jamsocket.ReconnectPolicy;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.Fault.Endpoint;
import com.jamsocket.dev.Fault.Moment;
import com.jamsocket.testkit.Dialect;
import com.jamsocket.testkit.Promptness;
import com.jamsocket.testkit.States;
import com.jamsocket.testkit.StatusRecorder;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Closing, whatever a stream is doing and whoever closes it. */
class CloseTest {

    private static final Duration PROMPT = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicInteger streamsAskedFor = new AtomicInteger();
    private final AtomicInteger statusesAskedFor = new AtomicInteger();
    private CountDownLatch release;
    private World world;
    private String id;

    /** Whether a stream is to be the only one that has a connection, so that the server's count tells about it. */
    private volatile boolean oneConnection;

    @BeforeEach
    void start() {
        streamsAskedFor.set(0);
        statusesAskedFor.set(0);
        release = new CountDownLatch(1);
        world = World.of(Dialect.PLANE, client -> client.register((ClientRequestFilter) this::count)
                .reconnectPolicy(ReconnectPolicy.ofDefaults()));
        id = world.backend();
    }

    private void count(ClientRequestContext request) {
        if (request.getUri().getPath().endsWith("/status-stream")) {
            if (oneConnection) {
                world.server().dropConnections();
            }
            streamsAskedFor.incrementAndGet();
        } else if (request.getUri().getPath().endsWith("/status")) {
            statusesAskedFor.incrementAndGet();
        }
    }

    @AfterEach
    void stop() {
        release.countDown();
        world.close();
    }

    /** What a stream may be doing. */
    private enum Doing {
        CONNECTING {
            @Override
            StatusSubscription start(CloseTest test, Listener listener) {
                test.strike(Fault.stall());
                return test.follow(listener, () -> test.streamsAskedFor.get() == 1);
            }
        },
        WAITING_FOR_THE_FIRST_BYTE {
            @Override
            StatusSubscription start(CloseTest test, Listener listener) {
                test.strike(Fault.stall().at(Moment.BEFORE_FIRST_EVENT));
                return test.follow(
                        listener,
                        () -> test.streamsAskedFor.get() == 1
                                && test.world.server().connections() == 1);
            }
        },
        READING {
            @Override
            StatusSubscription start(CloseTest test, Listener listener) {
                return test.follow(listener, () -> listener.statuses.size() == 1);
            }
        },
        TELLING {
            @Override
            StatusSubscription start(CloseTest test, Listener listener) {
                listener.blocksAt = "scheduled";
                return test.follow(listener, () -> listener.statuses.size() == 1);
            }
        },
        WAITING_TO_RETRY {
            @Override
            StatusSubscription start(CloseTest test, Listener listener) {
                test.strike(Fault.answer(503).retryAfter(Duration.ofMinutes(2)));
                return test.follow(listener, () -> listener.delays.size() == 1);
            }
        },
        CHECKING {
            @Override
            StatusSubscription start(CloseTest test, Listener listener) {
                test.strike(Fault.end().at(Moment.BETWEEN_EVENTS));
                listener.atLoss = () -> test.strike(Fault.stall().on(Endpoint.STATUS));
                return test.follow(listener, () -> test.statusesAskedFor.get() == 2);
            }
        };

        abstract StatusSubscription start(CloseTest test, Listener listener);

        boolean isConnected() {
            return this != WAITING_TO_RETRY && this != CHECKING;
        }
    }

    /** Who closes, and how often. */
    private enum Closing {
        ONCE,
        TWICE,
        FROM_MANY_THREADS,
        BY_THE_CLIENT
    }

    private final class Listener extends StatusRecorder {

        private volatile String blocksAt = "";
        private volatile Runnable atLoss = () -> {};

        @Override
        protected void reached(BackendState state) {
            if (state.statusName().equals(blocksAt)) {
                await(release);
            }
        }

        @Override
        protected void lost() {
            atLoss.run();
        }
    }

    static Stream<Arguments> closings() {
        return Stream.of(Doing.values())
                .flatMap(doing -> Stream.of(Closing.values()).map(closing -> Arguments.of(doing, closing)));
    }

    @ParameterizedTest
    @MethodSource("closings")
    void returnsAtOnceAndNothingButTheEndFollows(Doing doing, Closing closing) throws Exception {
        oneConnection = true;
        fastestIsWithin(PROMPT, () -> {
            stop();
            start();
            return closedInTheMiddle(doing, closing);
        });
    }

    /** How long the closing takes. */
    private Duration closedInTheMiddle(Doing doing, Closing closing) throws Exception {
        Listener listener = new Listener();
        StatusSubscription subscription = doing.start(this, listener);
        List<String> heard = List.copyOf(listener.statuses);

        Duration took = close(closing, subscription);
        States.move(world.server(), id, "terminated");

        if (doing.isConnected()) {
            eventually("the connection is gone", () -> world.server().connections() == 0);
        }
        release.countDown();
        assertThat(listener.endOf(subscription)).isEqualTo(StreamEnd.closed());
        assertThat(listener.statuses).isEqualTo(heard);
        return took;
    }

    private Duration close(Closing closing, StatusSubscription subscription) throws Exception {
        return switch (closing) {
            case ONCE -> Promptness.of(subscription::close);
            case TWICE -> Promptness.of(subscription::close).plus(Promptness.of(subscription::close));
            case FROM_MANY_THREADS -> {
                List<Duration> each = new CopyOnWriteArrayList<>();
                together(8, () -> each.add(Promptness.of(subscription::close)));
                yield Collections.max(each);
            }
            case BY_THE_CLIENT -> Promptness.of(world.client()::close);
        };
    }

    private static void together(int threads, Runnable task) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(threads);
        List<CompletableFuture<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            tasks.add(done);
            new Thread(() -> {
                        try {
                            barrier.await();
                            task.run();
                            done.complete(null);
                        } catch (Throwable e) {
                            done.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        for (CompletableFuture<Void> done : tasks) {
            done.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void fromTheListenerIsTheLastThatItHears(Dialect dialect) throws Exception {
        fastestIsWithin(PROMPT, () -> closedByItsListener(dialect));
    }

    private static Duration closedByItsListener(Dialect dialect) {
        try (World here = World.patient(dialect)) {
            String backend = here.backend();
            States.move(here.server(), backend, "terminated");
            CompletableFuture<StatusSubscription> self = new CompletableFuture<>();
            CompletableFuture<Duration> took = new CompletableFuture<>();
            StatusRecorder recorder = new StatusRecorder() {
                @Override
                protected void reached(BackendState state) {
                    if (state instanceof BackendState.Waiting) {
                        took.complete(Promptness.of(self.join()::close));
                    }
                }
            };
            self.complete(here.follow(backend, recorder));

            assertThat(recorder.endOf(self.join())).isEqualTo(StreamEnd.closed());
            assertThat(recorder.statuses).containsExactly("scheduled", "loading", "starting", "waiting");
            eventually("the connection is gone", () -> here.server().connections() <= 1);
            return took.join();
        }
    }

    @RepeatedTest(20)
    void whileStatesComeLeavesOneEnd() throws Exception {
        Listener listener = new Listener();
        StatusSubscription subscription = world.follow(id, listener);

        together(3, () -> {
            States.move(world.server(), id, "ready");
            subscription.close();
        });

        assertThat(listener.endOf(subscription)).isEqualTo(StreamEnd.closed());
        assertThat(listener.statuses).isEqualTo(States.LIFE.subList(0, listener.statuses.size()));
    }

    @Test
    void ofTheClientFailsWhatIsBeingOpened() throws Exception {
        fastestIsWithin(PROMPT, () -> {
            stop();
            start();
            return closedWhileStreamsAreOpened();
        });
    }

    private Duration closedWhileStreamsAreOpened() {
        strike(Fault.stall().on(Endpoint.STATUS).times(3));
        var stream = world.client().async().statusStream(id, new Listener());
        var ready = world.client().async().awaitReady(id, LIMIT.multipliedBy(6));
        var blocked = CompletableFuture.supplyAsync(() -> world.client().statusStream(id, new Listener()));
        eventually("the questions", () -> statusesAskedFor.get() == 3);

        Duration took = Promptness.of(world.client()::close);

        for (var each : List.of(stream.toCompletableFuture(), ready.toCompletableFuture(), blocked)) {
            assertThatThrownBy(() ->
                            each.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
        return took;
    }

    @Test
    void ofTheClientFailsWhoWaitsForAFreshBackend() {
        // The client does so for a second and a half, in which the close has to come.
        Throwable failure = eventually(
                "a close in time",
                LIMIT,
                CloseTest::closedBeforeABackendIsKnown,
                cause -> !(cause instanceof BackendNotFoundException));
        assertThat(failure).isInstanceOf(IllegalStateException.class);
    }

    /** What the stream fails with. */
    private static Throwable closedBeforeABackendIsKnown() {
        try (World here = World.patient(Dialect.JAMSOCKET)) {
            String backend = here.backend();
            here.server().forget(backend);
            // The first answer is 404; the client is about to ask again in half a second.
            var stream = here.client().async().statusStream(backend, new StatusRecorder());
            eventually("the question", () -> here.server().connections() == 1);

            here.client().close();

            return catchThrowable(() -> stream.toCompletableFuture()
                            .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                            .join())
                    .getCause();
        }
    }

    @Test
    void ofAWaitEndsItsStream() {
        int waits = 10;
        List<CompletableFuture<?>> ready = new ArrayList<>();
        for (int i = 1; i <= waits; i++) {
            int streams = i;
            ready.add(
                    world.client().async().awaitReady(id, LIMIT.multipliedBy(6)).toCompletableFuture());
            eventually("the stream", () -> streamsAskedFor.get() == streams);
        }
        eventually("the connections", () -> world.server().connections() >= waits);

        ready.forEach(each -> each.cancel(false));

        // Some may be kept on which the status was asked.
        eventually("the connections are gone", () -> world.server().connections() < waits / 2);
    }

    @Test
    void ofTheClientEndsAWait() {
        var ended = world.client()
                .async()
                .awaitTerminated(id, LIMIT.multipliedBy(6))
                .toCompletableFuture();
        eventually("the stream", () -> streamsAskedFor.get() == 1);

        world.client().close();

        assertThatThrownBy(() ->
                        ended.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasNoSuppressedExceptions();
        assertThatThrownBy(() -> world.client().awaitReady(id, LIMIT))
                .isInstanceOf(IllegalStateException.class)
                .isNotInstanceOf(JamsocketException.class);
    }

    private void strike(Fault fault) {
        world.server().inject(fault.forBackend(id));
    }

    private StatusSubscription follow(Listener listener, BooleanSupplier reached) {
        StatusSubscription subscription = world.follow(id, listener);
        eventually("what the stream is to be doing", reached::getAsBoolean);
        return subscription;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
