package com.jamsocket.internal.client;

import static com.jamsocket.internal.client.FakeApi.ID;
import static com.jamsocket.internal.client.FakeApi.backend;
import static com.jamsocket.internal.client.FakeApi.events;
import static com.jamsocket.internal.client.FakeApi.notFound;
import static com.jamsocket.internal.client.FakeApi.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketAsync;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import com.jamsocket.testkit.StatusRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An executor of the application that rejects tasks, at whichever moment, loses nothing and has nothing hang. */
@Timeout(60)
class RejectingExecutorTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String[] LIFE = {"scheduled", "loading", "starting", "waiting", "ready", "terminated"};

    /** How an executor says that it does not run a task. */
    private enum Rejection {
        REJECTED {
            @Override
            void reject(Runnable task) {
                throw new RejectedExecutionException("full");
            }
        },
        NO_THREAD {
            @Override
            void reject(Runnable task) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        },
        /** A container's executor that fails in what it does after the task. */
        RUN_ALL_THE_SAME {
            @Override
            void reject(Runnable task) {
                task.run();
                throw new IllegalStateException("broken");
            }
        };

        abstract void reject(Runnable task);
    }

    private final FakeApi api;

    RejectingExecutorTest() throws IOException {
        api = new FakeApi();
    }

    @BeforeEach
    void script() {
        api.connect(backend(true, "scheduled"));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Jamsocket client(Executor executor) {
        return api.client().executor(executor).build();
    }

    /** Runs tasks here, but rejects one of them. */
    private static Executor rejectingTask(int number, Rejection rejection) {
        AtomicInteger tasks = new AtomicInteger();
        return task -> {
            if (tasks.getAndIncrement() == number) {
                rejection.reject(task);
            } else {
                task.run();
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void aListenerHearsEachStateAndTheEndWhicheverTaskIsRejected(Rejection rejection) {
        api.status(state("scheduled")).stream(events(LIFE));
        for (int rejected = 0; rejected <= LIFE.length; rejected++) {
            try (Jamsocket client = client(rejectingTask(rejected, rejection))) {
                StatusRecorder heard = new StatusRecorder();

                StreamEnd end = heard.endOf(client.statusStream(ID, heard));

                assertThat(end).as("task %s", rejected).isInstanceOf(StreamEnd.Terminated.class);
                assertThat(heard.statuses).as("task %s", rejected).containsExactly(LIFE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriberHearsEachStateAndTheEndWhicheverTaskIsRejected(Rejection rejection) throws InterruptedException {
        api.status(state("scheduled")).stream(events(LIFE));
        for (int rejected = 0; rejected <= LIFE.length; rejected++) {
            try (Jamsocket client = client(rejectingTask(rejected, rejection))) {
                Recorder heard = new Recorder();

                client.statusPublisher(ID).subscribe(heard);

                assertThat(heard.over.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(heard.failure).isNull();
                assertThat(heard.statuses).as("task %s", rejected).containsExactly(LIFE);
            }
        }
    }

    @Test
    void aFailedOpeningIsToldAsItIs() throws InterruptedException {
        api.status(notFound());
        try (Jamsocket client = client(task -> Rejection.REJECTED.reject(task))) {
            Recorder heard = new Recorder();

            client.statusPublisher(ID).subscribe(heard);

            assertThat(heard.over.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(heard.failure).isInstanceOf(BackendNotFoundException.class);
            assertThat(client.async().statusStream(ID, state -> {}))
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(BackendNotFoundException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsWaitsAndTheirContinuationsComeBack(Rejection rejection) {
        api.status(state("ready"), state("ready"), state("terminated")).stream(events("ready", "terminated"));
        try (Jamsocket client = client(rejection::reject)) {
            JamsocketAsync async = client.async();
            Stream<CompletionStage<?>> stages = Stream.of(
                    async.status(ID),
                    async.connect(),
                    async.terminate(ID, TerminationKind.SOFT),
                    async.awaitTerminated(ID, LONG),
                    async.statusStream(ID, state -> {}));

            assertThat(stages.toList()).allSatisfy(stage -> assertThat(
                            stage.handle(RejectingExecutorTest::outcome).thenApply(outcome -> outcome))
                    .succeedsWithin(LONG)
                    .isEqualTo("done"));
            assertThat(client.awaitTerminated(ID, LONG)).isNotNull();
        }
    }

    @Test
    void aCloseIsToldToo() {
        api.status(state("ready")).stream(api.eventsThenSilence("ready"));
        try (Jamsocket client = client(task -> Rejection.REJECTED.reject(task))) {
            StatusRecorder heard = new StatusRecorder();
            var subscription = client.statusStream(ID, heard);
            heard.awaitStatus("ready");

            subscription.close();

            assertThat(heard.endOf(subscription)).isEqualTo(StreamEnd.closed());
        }
    }

    private static String outcome(@Nullable Object value, @Nullable Throwable failure) {
        return failure == null ? "done" : failure.toString();
    }

    private static final class Recorder implements Flow.Subscriber<BackendState> {
        private final List<String> statuses = new CopyOnWriteArrayList<>();
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile @Nullable Throwable failure;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(BackendState state) {
            statuses.add(state.statusName());
        }

        @Override
        public void onError(Throwable thrown) {
            failure = thrown;
            over.countDown();
        }

        @Override
        public void onComplete() {
            over.countDown();
        }
    }
}
