package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's status stream. States wait here until they are asked for; there are never more of them than a backend
 * has statuses, so the buffer is bounded by nature.
 *
 * <p>All signals but {@code onSubscribe} are sent by {@link #drain()}, which runs on one thread at a time
 * ({@link #work}): whoever comes while it runs leaves word for another round.
 */
final class PublishedStream implements StatusListener, Flow.Subscription {

    private final Flow.Subscriber<? super BackendState> subscriber;
    private final Executor executor;

    // Any thread.
    private final Queue<BackendState> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger(1);
    private volatile @Nullable Runnable completion;
    private volatile @Nullable StatusSubscription source;
    private volatile boolean cancelled;

    PublishedStream(Flow.Subscriber<? super BackendState> subscriber, Executor executor) {
        this.subscriber = subscriber;
        this.executor = executor;
    }

    /** Announces itself to the subscriber, then opens the stream. Until then, {@link #work} holds every signal back. */
    void open(Supplier<? extends CompletionStage<StatusSubscription>> opening) {
        subscriber.onSubscribe(this);
        try {
            if (!cancelled) {
                opening.get().whenComplete((opened, failure) -> {
                    if (opened == null) {
                        finish(() -> subscriber.onError(Failures.require(failure)));
                    } else {
                        opened(opened);
                    }
                });
            }
        } catch (RuntimeException e) {
            finish(() -> subscriber.onError(e));
        }
        if (work.decrementAndGet() > 0) {
            runDrain();
        }
    }

    private void opened(StatusSubscription subscription) {
        source = subscription;
        if (cancelled) {
            subscription.close();
        }
    }

    @Override
    public void onState(BackendState state) {
        waiting.add(state);
        schedule();
    }

    @Override
    public void onEnd(StreamEnd end) {
        if (end instanceof StreamEnd.Terminated) {
            finish(subscriber::onComplete);
        } else if (end instanceof StreamEnd.Failed failed) {
            finish(() -> subscriber.onError(failed.cause()));
        } else {
            finish(() -> subscriber.onError(new IllegalStateException("the Jamsocket client is closed")));
        }
    }

    private void finish(Runnable signal) {
        completion = signal;
        schedule();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            // Rule 3.9 of Reactive Streams.
            waiting.clear();
            finish(() -> subscriber.onError(new IllegalArgumentException("demand must be positive, not " + n)));
            closeSource();
        } else {
            demand.accumulateAndGet(n, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
            schedule();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        closeSource();
    }

    private void closeSource() {
        StatusSubscription current = source;
        if (current != null) {
            current.close();
        }
    }

    private void schedule() {
        if (work.getAndIncrement() == 0) {
            runDrain();
        }
    }

    private void runDrain() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            // The client is closing: the word that it does must still get through.
            drain();
        }
    }

    private void drain() {
        int rounds = work.get();
        while (rounds != 0) {
            sendWaiting();
            rounds = work.addAndGet(-rounds);
        }
    }

    private void sendWaiting() {
        while (!cancelled && demand.get() > 0) {
            BackendState next = waiting.poll();
            if (next == null) {
                break;
            }
            demand.decrementAndGet();
            subscriber.onNext(next);
        }
        Runnable signal = completion;
        if (signal != null && !cancelled && waiting.isEmpty()) {
            cancelled = true;
            signal.run();
        }
    }
}
