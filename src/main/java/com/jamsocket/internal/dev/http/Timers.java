package com.jamsocket.internal.dev.http;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Tasks for later, in the order of their time. A task that has run or was cancelled is let go of, also by its future.
 * On one thread only.
 */
final class Timers {

    private final TreeSet<Timer> waiting =
            new TreeSet<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
    private final Queue<Timer> immediate = new ArrayDeque<>();
    private long count;

    /** A task for this time. */
    Future<?> add(long due, Runnable task) {
        Timer timer = new Timer(due, count++, task);
        waiting.add(timer);
        return timer;
    }

    /** A task that is due already: it comes before all timed ones, and no bound holds it back. */
    Future<?> addImmediate(Runnable task) {
        Timer timer = new Timer(0, count++, task);
        immediate.add(timer);
        return timer;
    }

    /** Runs what is due at this time, but at most so many timed tasks, since all else waits for them. */
    void run(long now, int atMost) {
        runImmediate();
        for (int i = 0; i < atMost && isDue(now); i++) {
            waiting.pollFirst().run();
            runImmediate();
        }
    }

    private void runImmediate() {
        for (Timer timer = immediate.poll(); timer != null; timer = immediate.poll()) {
            timer.run();
        }
    }

    private boolean isDue(long now) {
        return !waiting.isEmpty() && waiting.first().due() <= now;
    }

    /** The time of the first timed task; null if there is none. */
    @Nullable
    Long next() {
        return waiting.isEmpty() ? null : waiting.first().due();
    }

    private final class Timer extends FutureTask<@Nullable Void> {

        private final long due;
        private final long number;

        Timer(long due, long number, Runnable task) {
            super(task, null);
            this.due = due;
            this.number = number;
        }

        long due() {
            return due;
        }

        long number() {
            return number;
        }

        @Override
        protected void done() {
            if (isCancelled()) {
                waiting.remove(this);
            }
        }
    }
}
