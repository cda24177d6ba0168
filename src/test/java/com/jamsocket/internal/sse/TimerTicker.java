package com.jamsocket.internal.sse;

import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A ticker over a timer that a test can look into, and a date of its choice. */
record TimerTicker(ScheduledExecutorService timer, Instant date) implements Ticker {

    @Override
    public Instant now() {
        return date;
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
        return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
