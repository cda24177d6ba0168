package com.jamsocket.internal.rest;

import com.jamsocket.internal.DaemonThreads;
import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Threads for sends to browsers, on some servers blocking ones. Two are enough while nobody is slow; when a send has to
 * wait for a thread, there is one for it soon. Virtual ones would not do: servers block inside of monitors.
 */
final class SendThreads implements Executor {

    static final int FEW = 2;
    static final int MANY = 256;

    /** How long sends may wait for a thread. */
    static final Duration PATIENCE = Duration.ofMillis(50);

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ThreadPoolExecutor pool =
            DaemonThreads.namedForCaller("jamsocket-send").pool(FEW, IDLE);
    private final Ticker ticker;
    private final AtomicBoolean watched = new AtomicBoolean();

    SendThreads(Ticker ticker) {
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

    /** As many threads as are held up and waited for, and a few when none is waited for. */
    private void adapt() {
        watched.set(false);
        int waiting = pool.getQueue().size();
        if (waiting == 0) {
            pool.setCorePoolSize(FEW);
        } else {
            pool.setCorePoolSize(Math.max(FEW, Math.min(MANY, pool.getActiveCount() + waiting)));
            watch();
        }
    }
}
