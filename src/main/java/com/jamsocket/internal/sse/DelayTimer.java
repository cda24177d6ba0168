package com.jamsocket.internal.sse;

import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Delays of one owner, who is told when the ticker rejects them, in whatever way: it was closed then. */
final class DelayTimer {
    private final Ticker ticker;
    private final Runnable onRejection;

    DelayTimer(Ticker ticker, Runnable onRejection) {
        this.ticker = ticker;
        this.onRejection = onRejection;
    }

    /** Runs {@code task} after {@code delay}; it must neither block nor throw. Cancel the result to prevent it. */
    Future<?> after(Duration delay, Runnable task) {
        try {
            return ticker.after(delay, task);
        } catch (RuntimeException rejection) {
            onRejection.run();
            return CompletableFuture.completedFuture(null);
        }
    }
}
