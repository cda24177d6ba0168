package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.StatusListener;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.Once;
import com.jamsocket.internal.Stages;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's status stream. States wait here until they are asked for; there are never more of them than a
 * backend has statuses, so the buffer is bounded by nature.
 *
 * <p>All signals but {@code onSubscribe} are sent by {@link #drain()}, which runs on one thread at a time
 * ({@link #work}): whoever comes while it runs leaves word for another round.
 */
final class PublishedStream implements StatusListener, Flow.Subscription {

    private final Executor executor;
    private final Consumer<PublishedStream> over;

    // Any thread.
    private final Queue<BackendState> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger(1);
    private final AtomicReference<@Nullable Completion> completion = new AtomicReference<>();
    private volatile @Nullable CompletableFuture<StatusStream> opening;
    private volatile @Nullable StatusStream source;

    /** Null once there is nothing more to tell it: whoever keeps the subscription does not keep the subscriber. */
    private volatile Flow.@Nullable Subscriber<? super BackendState> subscriber;

    /**
     * The last signal.
     *
     * @param failure null if the stream is complete
     * @param atOnce whether the states that wait are not given any more
     */
    private record Completion(@Nullable Throwable failure, boolean atOnce) {}

    /**
     * The stream of a subscriber.
     *
     * @param executor runs its signals
     * @param over is told when there is nothing more to tell, maybe more than once
     */
    PublishedStream(
            Flow.Subscriber<? super BackendState> subscriber, Executor executor, Consumer<PublishedStream> over) {
        this.subscriber = subscriber;
        this.executor = executor;
        this.over = over;
    }

    /** Announces itself to the subscriber, then opens the stream. Until then, {@link #work} holds every signal back. */
    void open(Flow.Subscriber<? super BackendState> announced, Supplier<CompletableFuture<StatusStream>> opening) {
        announced.onSubscribe(this);
        if (subscriber != null && completion.get() == null) {
            connect(opening);
        }
        if (work.decrementAndGet() > 0) {
            runDrain();
        }
    }

    private void connect(Supplier<CompletableFuture<StatusStream>> supplier) {
        try {
            CompletableFuture<StatusStream> stream = supplier.get();
            opening = stream;
            Stages.whenDone(stream, (opened, failure) -> {
                if (opened == null) {
                    finish(Objects.requireNonNull(failure));
                } else {
                    opened(opened);
                }
            });
            if (subscriber == null) {
                cancel();
            }
        } catch (RuntimeException e) {
            finish(e);
        }
    }

    private void opened(StatusStream stream) {
        source = stream;
        if (subscriber == null) {
            cancel();
        }
    }

    @Override
    public void onState(BackendState state) {
        waiting.add(state);
        schedule();
    }

    @Override
    public void onEnd(StreamEnd end) {
        if (end instanceof StreamEnd.Closed) {
            close();
        } else {
            finish(end instanceof StreamEnd.Failed failed ? failed.cause() : null);
        }
    }

    /** The client is closed: what waits is not told any more, nor how the stream ended if that waits too. */
    void close() {
        Completion closed = new Completion(Failures.closedClient(), true);
        completion.updateAndGet(last -> last != null && last.atOnce() ? last : closed);
        schedule();
    }

    /** The end of the stream comes after its states, and does not replace what went wrong before. */
    private void finish(@Nullable Throwable failure) {
        completion.compareAndSet(null, new Completion(failure, false));
        schedule();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            completion.set(new Completion(
                    new IllegalArgumentException("Reactive Streams 3.9: demand must be positive, not " + n), true));
        } else {
            demand.accumulateAndGet(n, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
        }
        schedule();
    }

    @Override
    public void cancel() {
        subscriber = null;
        waiting.clear();
        CompletableFuture<StatusStream> question = opening;
        if (question != null) {
            question.cancel(true);
            opening = null;
        }
        StatusStream current = source;
        if (current != null) {
            current.close();
            source = null;
        }
        over.accept(this);
    }

    private void schedule() {
        if (work.getAndIncrement() == 0) {
            runDrain();
        }
    }

    private void runDrain() {
        Once turn = new Once(this::drain);
        try {
            executor.execute(turn);
        } catch (RuntimeException | Error rejection) {
            // The client is closing, or there is no thread: the word of that must still get through.
            if (turn.take()) {
                drain();
            }
        }
    }

    private void drain() {
        int rounds = work.get();
        while (rounds != 0) {
            try {
                send();
            } catch (Throwable e) {
                // Rule 2.13 of Reactive Streams: a subscriber that throws counts as having cancelled.
                cancel();
                System.getLogger("com.jamsocket")
                        .log(Level.ERROR, "JAMSOCKET-303 A subscriber to the states of a backend failed", e);
            }
            rounds = work.addAndGet(-rounds);
        }
    }

    private void send() {
        for (var to = subscriber; to != null; to = subscriber) {
            boolean wanted = demand.get() > 0;
            // Asked for before the states: what is there to be seen after the end has come before it. And after the
            // demand, so that what is requested of a client that is closed is not given.
            Completion last = completion.get();
            if (last != null && (last.atOnce() || waiting.isEmpty())) {
                cancel();
                complete(to, last.failure());
                return;
            }
            BackendState next = wanted ? waiting.poll() : null;
            if (next == null) {
                return;
            }
            demand.decrementAndGet();
            to.onNext(next);
        }
    }

    private static void complete(Flow.Subscriber<?> to, @Nullable Throwable failure) {
        if (failure == null) {
            to.onComplete();
        } else {
            to.onError(failure);
        }
    }
}
