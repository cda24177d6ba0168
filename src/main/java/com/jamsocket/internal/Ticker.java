package com.jamsocket.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * Time, chance and delays: the one argument by which anything in the client knows of them, so that whole lives of
 * streams can run in simulated time. Safe for use by many threads.
 */
public interface Ticker {

    /** The date, for what servers say in dates. It may jump. */
    Instant now();

    /** A monotonic clock in nanoseconds, as {@link System#nanoTime()}. */
    long nanoTime();

    /** Where jitter comes from. */
    RandomGenerator random();

    /**
     * Runs a task once after a delay, on a thread that all tasks share: it must neither block nor throw. A delay beyond
     * {@link Deadline#LONGEST} is cut down to it, so that none overflows.
     *
     * @return cancel it to prevent the task; a cancelled task is let go of at once
     * @throws java.util.concurrent.RejectedExecutionException if the ticker was closed
     */
    Future<?> after(Duration delay, Runnable task);

    /** Runs a task at a time of {@link #nanoTime()}, at once if that is over; as {@link #after}. */
    default Future<?> at(long nanoTime, Runnable task) {
        return after(Duration.ofNanos(Math.max(0, nanoTime - nanoTime())), task);
    }
}
