package com.jamsocket.internal.sse;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a connection has been silent for too long. It sleeps until armed, and costs one timer task per limit, not
 * one per chunk: when its task comes it looks at when something was heard last, and waits for the rest.
 *
 * <p>While paused nothing can be heard, for nothing is asked for; then silence does not count.
 */
final class SilenceWatch {
    private final DelayTimer timer;
    private final LongSupplier nanoTime;
    private final Duration limit;
    private final Runnable onSilence;

    private volatile long heardAt;
    private volatile boolean paused;
    private volatile boolean armed;
    private volatile boolean stopped;
    private volatile @Nullable Future<?> check;

    SilenceWatch(DelayTimer timer, LongSupplier nanoTime, Duration limit, Runnable onSilence) {
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.limit = limit;
        this.onSilence = onSilence;
    }

    /** Begins to watch. Further calls change nothing. Not for use by several threads at a time. */
    void arm() {
        if (!armed) {
            armed = true;
            heard();
            checkAfter(limit);
        }
    }

    void heard() {
        heardAt = nanoTime.getAsLong();
    }

    void pause() {
        paused = true;
    }

    void resume() {
        heard();
        paused = false;
    }

    /** Ends the watch for good and leaves no timer task. */
    void stop() {
        stopped = true;
        cancelIfStopped();
    }

    private void check() {
        Duration rest = paused ? limit : limit.minusNanos(nanoTime.getAsLong() - heardAt);
        if (rest.isZero() || rest.isNegative()) {
            onSilence.run();
        } else {
            checkAfter(rest);
        }
    }

    private void checkAfter(Duration delay) {
        check = timer.after(delay, this::check);
        cancelIfStopped();
    }

    /** Called after either write, so that whichever comes second sees both. */
    private void cancelIfStopped() {
        Future<?> pending = check;
        if (stopped && pending != null) {
            pending.cancel(false);
        }
    }
}
