package com.jamsocket.internal.rest;

import com.jamsocket.internal.DaemonThreads;
import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Threads for sends to browsers, on some servers blocking ones, or for the ends of their connections. Two are enough
 * while nobody is slow; when sends wait though none gets done, there are soon twice as many as are held up. Virtual
 * ones would not do: servers block inside of monitors.
 */
final class SendThreads implements Executor {

    static final int FEW = 2;
    static final int MANY = 256;

    /** How long sends may wait though none gets done. */
    static final Duration PATIENCE = Duration.ofMillis(50);

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ThreadPoolExecutor pool;
    private final Ticker ticker;
    private final AtomicBoolean watched = new AtomicBoolean();

    /** What was done at the last look. Touched by looks only, of which there is one at a time. */
    private long done;

    SendThreads(String name, Ticker ticker) {
        this.pool = DaemonThreads.namedForCaller(name).pool(FEW, IDLE);
        this.ticker = ticker;
        pool.setMaximumPoolSize(MANY);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
        if (!pool.getQueue().isEmpty()) {
            watch();
        }
    }

    private void watch() {
        if (watched.compareAndSet(false, true)) {
            try {
                var unused = ticker.after(PATIENCE, this::adapt);
            } catch (RejectedExecutionException e) {
                // The client is closed: what waits is the end of streams, and has its time.
                pool.setCorePoolSize(MANY);
            }
        }
    }

    private void adapt() {
        // First: who comes from now on has another look.
        watched.set(false);
        long doneBefore = done;
        done = pool.getCompletedTaskCount();
        if (pool.getQueue().isEmpty()) {
            pool.setCorePoolSize(FEW);
            return;
        }
        if (done == doneBefore) {
            pool.setCorePoolSize(Math.max(FEW, Math.min(MANY, 2 * pool.getActiveCount())));
        }
        watch();
    }
}
