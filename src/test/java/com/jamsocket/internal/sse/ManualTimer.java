package com.jamsocket.internal.sse;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A timer whose time passes when a test says so; its tasks run on the thread of the test. */
final class ManualTimer extends ScheduledThreadPoolExecutor {
    private final AtomicLong now = new AtomicLong();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparingLong(alarm -> alarm.at));

    ManualTimer() {
        super(0, Executors.defaultThreadFactory());
    }

    long nanoTime() {
        return now.get();
    }

    /** How many tasks are waiting. */
    synchronized int waiting() {
        return alarms.size();
    }

    void advance(Duration time) {
        long end = now.get() + time.toNanos();
        for (Alarm next = due(end); next != null; next = due(end)) {
            now.set(next.at);
            next.run();
        }
        now.set(end);
    }

    private synchronized @Nullable Alarm due(long end) {
        return !alarms.isEmpty() && alarms.peek().at <= end ? alarms.remove() : null;
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        if (isShutdown()) {
            throw new RejectedExecutionException("shut down");
        }
        Alarm alarm = new Alarm(task, now.get() + unit.toNanos(delay));
        alarms.add(alarm);
        return alarm;
    }

    private synchronized void forget(Alarm alarm) {
        alarms.remove(alarm);
    }

    private final class Alarm extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final long at;

        Alarm(Runnable task, long at) {
            super(task, null);
            this.at = at;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - now.get(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        protected void done() {
            forget(this);
        }
    }
}
