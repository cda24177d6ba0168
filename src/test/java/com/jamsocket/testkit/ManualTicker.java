package com.jamsocket.testkit;

import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.random.RandomGenerator;

/** Time that a test moves by hand, on its own thread, and the same random numbers each time. */
public final class ManualTicker implements Ticker {

    private final Instant start = Instant.parse("2024-11-04T20:42:21.123Z");
    private final Random random = new Random(42);
    private final List<Timer> waiting = new ArrayList<>();
    private long nanos;

    private static final class Timer extends FutureTask<Void> {
        private final long due;

        Timer(long due, Runnable task) {
            super(task, null);
            this.due = due;
        }
    }

    @Override
    public Instant now() {
        return start.plusNanos(nanos);
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Future<?> after(Duration delay, Runnable task) {
        Timer timer = new Timer(nanos + delay.toNanos(), task);
        waiting.add(timer);
        return timer;
    }

    /** Moves time on, from timer to timer; those of one time run in the order in which they were set. */
    public void advance(Duration time) {
        long end = nanos + time.toNanos();
        for (Timer next = next(); next != null && next.due <= end; next = next()) {
            waiting.remove(next);
            nanos = Math.max(nanos, next.due);
            next.run();
        }
        nanos = end;
    }

    private Timer next() {
        waiting.removeIf(Future::isCancelled);
        return waiting.stream()
                .min(Comparator.comparingLong(timer -> timer.due))
                .orElse(null);
    }

    /** How many timers are set. */
    public int timers() {
        waiting.removeIf(Future::isCancelled);
        return waiting.size();
    }
}
