package com.jamsocket.internal.client;

import com.jamsocket.BackendEndedException;
import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.JamsocketTimeoutException;
import com.jamsocket.StatusListener;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a backend to get somewhere, within a time: on a stream of its own, and by looking at the status at growing
 * intervals, for a stream may be held back by a proxy on the way. However the result comes about, also by cancelling,
 * the stream is closed then. What is wrong with the server meanwhile is retried for as long as the wait goes on.
 */
abstract class Await<T> implements StatusListener {

    private static final Duration FIRST_LOOK = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** The last look is this long before the time is over, or halfway in shorter waits. */
    private static final Duration LAST_LOOK = Duration.ofMillis(500);

    final String backendId;
    final CompletableFuture<T> result = new CompletableFuture<>();
    private final BackendStatus awaited;
    private final Duration timeout;
    private final StatusProbe probe;
    private final OpenStreams streams;
    private final Ticker ticker;
    private final Deadline deadline;
    private final Steps steps = new Steps(result);
    private final UnaryOperator<Runnable> alongside;
    private volatile @Nullable BackendState last;

    /** Since the last answer. */
    private volatile @Nullable Throwable lastFailure;

    private Await(
            String backendId,
            BackendStatus awaited,
            Duration timeout,
            StatusProbe probe,
            OpenStreams streams,
            Ticker ticker) {
        this.backendId = backendId;
        this.awaited = awaited;
        this.timeout = timeout;
        this.probe = probe;
        this.streams = streams;
        this.ticker = ticker;
        this.deadline = Deadline.after(timeout, ticker);
        this.alongside = streams.alongside();
    }

    CompletableFuture<T> start() {
        Failures.later(ticker, timeout, result, this::late);
        steps.then(probe.confirmPatiently(backendId, failure -> lastFailure = failure), (state, failure) -> {
            if (state == null) {
                result.completeExceptionally(Objects.requireNonNull(failure));
                return;
            }
            onState(state);
            if (!result.isDone()) {
                follow();
                lookAfter(FIRST_LOOK);
            }
        });
        return result;
    }

    private void follow() {
        StatusStream stream = streams.follow(backendId, this, alongside);
        Stages.whenDone(result, (value, failure) -> stream.close());
    }

    private void lookAfter(Duration pause) {
        Duration last = deadline.left().minus(LAST_LOOK);
        if (last.isNegative() || last.isZero()) {
            return;
        }
        Duration next = Deadline.min(pause.multipliedBy(2), LONGEST_PAUSE);
        steps.after(
                Deadline.min(pause, last),
                ticker,
                () -> steps.then(probe.compare(backendId), (state, failure) -> {
                    if (state != null) {
                        onState(state);
                    } else {
                        lastFailure = failure;
                    }
                    lookAfter(next);
                }));
    }

    @Override
    public final void onState(BackendState state) {
        BackendState before = last;
        if (before == null || state.status().isAfter(before.status()) || before.status() == BackendStatus.UNKNOWN) {
            last = state;
        }
        lastFailure = null;
        reached(state);
    }

    abstract void reached(BackendState state);

    @Override
    public final void onEnd(StreamEnd end) {
        if (end instanceof StreamEnd.Terminated terminated) {
            reached(terminated.state());
        } else if (end instanceof StreamEnd.Forgotten || end instanceof StreamEnd.DroneLost) {
            gone();
        } else if (end instanceof StreamEnd.Failed failed) {
            result.completeExceptionally(failed.cause());
        } else {
            result.completeExceptionally(Failures.closedClient());
        }
    }

    /** The backend has ended, and nobody can tell how. */
    abstract void gone();

    private void late() {
        result.completeExceptionally(new JamsocketTimeoutException(backendId, awaited, timeout, last, lastFailure));
    }

    static final class Ready extends Await<BackendState.Ready> {

        Ready(String backendId, Duration timeout, StatusProbe probe, OpenStreams streams, Ticker ticker) {
            super(backendId, BackendStatus.READY, timeout, probe, streams, ticker);
        }

        @Override
        void reached(BackendState state) {
            if (state instanceof BackendState.Ready ready) {
                result.complete(ready);
            } else if (state.status().isEnding()) {
                result.completeExceptionally(new BackendEndedException(backendId, state));
            }
        }

        @Override
        void gone() {
            result.completeExceptionally(new BackendEndedException(backendId, null));
        }
    }

    static final class Terminated extends Await<StreamEnd.Terminated> {

        Terminated(String backendId, Duration timeout, StatusProbe probe, OpenStreams streams, Ticker ticker) {
            super(backendId, BackendStatus.TERMINATED, timeout, probe, streams, ticker);
        }

        @Override
        void reached(BackendState state) {
            if (state instanceof BackendState.Terminated last) {
                result.complete(StreamEnd.terminated(last));
            }
        }

        @Override
        void gone() {
            result.completeExceptionally(Failures.forgotten(backendId));
        }
    }
}
