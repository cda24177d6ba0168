package com.jamsocket.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The clocks of this machine, and a timer of one daemon thread, which ends while nothing is due. */
public final class SystemTicker implements ClosableTicker {

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ScheduledThreadPoolExecutor timer;

    /** A ticker whose thread has this name and a number. */
    public SystemTicker(String threadName) {
        timer = new ScheduledThreadPoolExecutor(1, DaemonThreads.named(threadName));
        timer.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        // Delayed tasks of a closed client have nothing left to do.
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public RandomGenerator random() {
        return ThreadLocalRandom.current();
    }

    @Override
    public Future<?> after(Duration delay, Runnable task) {
        return timer.schedule(task, Deadline.nanos(delay), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdown();
    }
}
