package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.StatusListener;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.observe.FlightRecording;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Observes one stream: tells hooks and the Flight Recorder what its listener is told. */
final class WatchedListener implements StatusListener {

    /** States that are older than the stream by more than this are history. */
    private static final Duration RECENT = Duration.ofSeconds(10);

    private final String backendId;
    private final StatusListener listener;
    private final CallWatch watch;
    private final Instant since;

    // Touched by the calls of the listener only.
    private @Nullable BackendState last;
    private @Nullable Instant scheduled;

    WatchedListener(String backendId, StatusListener listener, CallWatch watch, Ticker ticker) {
        this.backendId = backendId;
        this.listener = listener;
        this.watch = watch;
        this.since = ticker.now().minus(RECENT);
    }

    @Override
    public void onState(BackendState state) {
        watch.hooks().told(state.status());
        BackendState before = last;
        last = state;
        if (state instanceof BackendState.Scheduled) {
            scheduled = state.time();
        }
        if (!state.time().isBefore(since)) {
            if (before != null) {
                watch.hooks().moved(before, state);
            }
            Instant from = scheduled;
            if (from != null && state instanceof BackendState.Ready) {
                watch.hooks().started(Duration.between(from, state.time()));
            }
        }
        listener.onState(state);
    }

    @Override
    public void onReconnecting(int attempt, Duration delay, @Nullable Throwable cause) {
        if (cause != null) {
            watch.failed("stream", cause);
        }
        FlightRecording.reconnecting(backendId, attempt, delay, cause);
        watch.hooks().reconnecting();
        listener.onReconnecting(attempt, delay, cause);
    }

    @Override
    public void onEnd(StreamEnd end) {
        Throwable cause = end instanceof StreamEnd.Failed failed ? failed.cause() : null;
        if (cause != null) {
            watch.failed("stream", cause);
        }
        FlightRecording.ended(backendId, end.getClass().getSimpleName(), cause);
        watch.hooks().ended(end);
        listener.onEnd(end);
    }
}
