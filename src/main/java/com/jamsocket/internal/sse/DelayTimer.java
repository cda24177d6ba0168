package com.jamsocket.internal.sse;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs something later on a shared timer. A timer that rejects, in whatever way, has been shut down; the
 * owner is told. */
final class DelayTimer {
    private final ScheduledExecutorService timer;
    private final Runnable onRejection;

    DelayTimer(ScheduledExecutorService timer, Runnable onRejection) {
        this.timer = timer;
        this.onRejection = onRejection;
    }

    /** Runs {@code task} after {@code delay}; it must neither block nor throw. Cancel the result to prevent it. */
    Future<?> after(Duration delay, Runnable task) {
        try {
            return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RuntimeException rejection) {
            onRejection.run();
            return CompletableFuture.completedFuture(null);
        }
    }
}
