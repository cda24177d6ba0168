package com.jamsocket.internal.client;

import com.jamsocket.BackendEndedException;
import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.JamsocketTimeoutException;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a backend to get somewhere, on a stream of its own and within a time. However the result comes about, also by
 * cancelling, the stream is closed then.
 */
abstract class Await<T> implements StatusListener {

    final String backendId;
    final CompletableFuture<T> result = new CompletableFuture<>();
    private final BackendStatus awaited;
    private final Duration timeout;
    private volatile @Nullable BackendState last;

    private Await(String backendId, BackendStatus awaited, Duration timeout) {
        this.backendId = backendId;
        this.awaited = awaited;
        this.timeout = timeout;
    }

    static Await<BackendState.Ready> ready(String backendId, Duration timeout) {
        return new Ready(backendId, timeout);
    }

    static Await<StreamEnd.Terminated> terminated(String backendId, Duration timeout) {
        return new Terminated(backendId, timeout);
    }

    CompletableFuture<T> start(Streams streams) {
        Future<?> deadline = streams.timer()
                .schedule(() -> streams.callbacks().execute(this::late), timeout.toNanos(), TimeUnit.NANOSECONDS);
        whenDone(() -> deadline.cancel(false));
        streams.probe()
                .confirm(backendId)
                .thenAccept(state -> {
                    onState(state);
                    follow(streams);
                })
                .exceptionally(failure -> {
                    result.completeExceptionally(Failures.require(failure));
                    return null;
                });
        return result;
    }

    private void follow(Streams streams) {
        if (!result.isDone()) {
            StatusSubscription subscription = streams.follow(backendId, this);
            whenDone(subscription::close);
        }
    }

    private void whenDone(Runnable action) {
        CompletionStage<T> done = result;
        done.whenComplete((value, failure) -> action.run());
    }

    @Override
    public final void onState(BackendState state) {
        last = state;
        reached(state);
    }

    abstract void reached(BackendState state);

    @Override
    public final void onEnd(StreamEnd end) {
        if (end instanceof StreamEnd.Terminated terminated) {
            ended(terminated);
        } else if (end instanceof StreamEnd.Failed failed) {
            result.completeExceptionally(failed.cause());
        } else {
            result.completeExceptionally(Failures.closedClient());
        }
    }

    abstract void ended(StreamEnd.Terminated end);

    private void late() {
        result.completeExceptionally(new JamsocketTimeoutException(backendId, awaited, timeout, last));
    }

    private static final class Ready extends Await<BackendState.Ready> {

        Ready(String backendId, Duration timeout) {
            super(backendId, BackendStatus.READY, timeout);
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
        void ended(StreamEnd.Terminated end) {
            result.completeExceptionally(new BackendEndedException(backendId, end.state()));
        }
    }

    private static final class Terminated extends Await<StreamEnd.Terminated> {

        Terminated(String backendId, Duration timeout) {
            super(backendId, BackendStatus.TERMINATED, timeout);
        }

        @Override
        void reached(BackendState state) {
            if (state instanceof BackendState.Terminated last) {
                result.complete(new StreamEnd.Terminated(last));
            }
        }

        @Override
        void ended(StreamEnd.Terminated end) {
            result.complete(end);
        }
    }
}
