package com.jamsocket.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A ticker whose time passes when a test says so; its tasks run on the thread of the test. */
public final class ManualTicker implements ClosableTicker {

    private final TreeSet<Alarm> alarms =
            new TreeSet<>(Comparator.<Alarm>comparingLong(alarm -> alarm.at).thenComparingLong(alarm -> alarm.number));
    private final Instant start;
    private final RandomGenerator random;
    private long now;
    private long count;
    private boolean closed;

    /** Begins at a time that does not matter. */
    public ManualTicker() {
        this(Instant.parse("2026-11-01T10:00:00Z"), new Random(1));
    }

    public ManualTicker(Instant start, RandomGenerator random) {
        this.start = start;
        this.random = random;
    }

    @Override
    public synchronized Instant now() {
        return start.plusNanos(now);
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public synchronized Future<?> after(Duration delay, Runnable task) {
        return at(now + Deadline.nanos(delay), task);
    }

    /** At that very time, even if a test lets time pass just now. */
    @Override
    public synchronized Future<?> at(long nanoTime, Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("shut down");
        }
        Alarm alarm = new Alarm(task, nanoTime, count++);
        alarms.add(alarm);
        return alarm;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    /** How many tasks are waiting. */
    public synchronized int waiting() {
        return alarms.size();
    }

    /** Lets time pass, and runs what becomes due at its time. */
    public void advance(Duration time) {
        long end = nanoTime() + time.toNanos();
        for (Alarm next = due(end); next != null; next = due(end)) {
            next.run();
        }
        moveTo(end);
    }

    /** Never back: another thread may have let more time pass meanwhile. */
    private synchronized void moveTo(long time) {
        now = Math.max(now, time);
    }

    private synchronized @Nullable Alarm due(long end) {
        if (alarms.isEmpty() || alarms.first().at > end) {
            return null;
        }
        Alarm alarm = alarms.first();
        alarms.remove(alarm);
        now = Math.max(now, alarm.at);
        return alarm;
    }

    private synchronized void forget(Alarm alarm) {
        alarms.remove(alarm);
    }

    private final class Alarm extends FutureTask<Void> {
        private final long at;
        private final long number;

        Alarm(Runnable task, long at, long number) {
            super(task, null);
            this.at = at;
            this.number = number;
        }

        @Override
        protected void done() {
            forget(this);
        }
    }
}
