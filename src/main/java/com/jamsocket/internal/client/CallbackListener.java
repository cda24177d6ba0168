package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.StatusListener;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.FailureLog;
import com.jamsocket.internal.SerialExecutor;
import com.jamsocket.internal.Ticker;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An application's listener, called on callback threads, one call at a time and in order. Whoever calls this does not
 * wait, and whatever the listener throws changes nothing. What waits is bounded by nature: a backend has few statuses,
 * and of several reconnections that wait only the last is told.
 */
final class CallbackListener implements StatusListener {

    private static final System.Logger LOG = System.getLogger("com.jamsocket");

    private final String backendId;
    private final StatusListener listener;
    private final SerialExecutor serial;
    private final Hooks hooks;
    private final Ticker ticker;
    private final Instant since;
    private final FailureLog failures = new FailureLog(LOG, Level.ERROR);
    private final CompletableFuture<StreamEnd> end = new CompletableFuture<>();

    private volatile boolean closed;

    /** The last reconnection that was not told; null means that nobody is on the way to tell one. */
    private final AtomicReference<@Nullable Runnable> reconnection = new AtomicReference<>();

    CallbackListener(String backendId, StatusListener listener, Executor callbacks, Hooks hooks, Ticker ticker) {
        this.backendId = backendId;
        this.listener = listener;
        this.serial = new SerialExecutor(callbacks, () -> {}, failure -> {});
        this.hooks = hooks;
        this.ticker = ticker;
        this.since = ticker.now();
    }

    /** Completes when the listener has returned from the end. */
    CompletableFuture<StreamEnd> end() {
        return end;
    }

    @Override
    public void onState(BackendState state) {
        serial.execute(() -> {
            if (!closed) {
                tellLag(state);
                call("onState", () -> listener.onState(state));
            }
        });
    }

    /** Of what has happened meanwhile, not of history. */
    private void tellLag(BackendState state) {
        if (!state.time().isBefore(since)) {
            hooks.delivered(Duration.between(state.time(), ticker.now()));
        }
    }

    @Override
    public void onReconnecting(int attempt, Duration delay, @Nullable Throwable cause) {
        if (reconnection.getAndSet(() -> listener.onReconnecting(attempt, delay, cause)) == null) {
            serial.execute(this::tellReconnection);
        }
    }

    private void tellReconnection() {
        Runnable last = reconnection.getAndSet(null);
        if (last != null && !closed) {
            call("onReconnecting", last);
        }
    }

    /** From now on no state is told, be it that it waits already; the end, if it was not told yet, is this. */
    void close() {
        closed = true;
    }

    @Override
    public void onEnd(StreamEnd how) {
        if (how instanceof StreamEnd.Closed) {
            close();
        }
        serial.execute(() -> {
            StreamEnd told = closed ? StreamEnd.closed() : how;
            call("onEnd", () -> listener.onEnd(told));
            failures.end();
            end.complete(told);
        });
    }

    private void call(String what, Runnable callback) {
        try {
            callback.run();
        } catch (Throwable thrown) {
            failures.log(what, "JAMSOCKET-302 The listener of the backend " + backendId + " failed in " + what, thrown);
        }
    }
}
