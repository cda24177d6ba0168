package com.jamsocket.simulation;

import com.jamsocket.internal.ClosableTicker;
import com.jamsocket.internal.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * The time of one run, and all that happens in it, in order: alarms of the client, tasks of its executors, and what the
 * world around it does. Nothing here waits; time passes when nothing is left to do at a moment.
 */
final class SimulatedTime implements ClosableTicker {

    /** More than happens in any run, unless it goes round in circles. */
    private static final long MOST_EVENTS = 300_000;

    private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.<Event>comparingLong(event -> event.at).thenComparingLong(event -> event.nth));
    private final Chance chance;
    private final long origin;
    private Duration slip = Duration.ZERO;
    private long now;
    private long count;
    private boolean closed;

    SimulatedTime(Chance chance) {
        this.chance = chance;
        // A monotonic clock may begin anywhere, and overflow.
        this.origin = chance.oneIn(8) ? Long.MAX_VALUE - chance.between(1, 60_000) * 1_000_000 : chance.below(1000);
    }

    // --- for the client ---

    @Override
    public Instant now() {
        return START.plusNanos(now).plus(slip);
    }

    @Override
    public long nanoTime() {
        return origin + now;
    }

    @Override
    public RandomGenerator random() {
        return chance.random();
    }

    @Override
    public Future<?> after(Duration delay, Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("shut down");
        }
        // A timer is never early, and sometimes late.
        Event alarm = new Event(now + Deadline.nanos(delay) + chance.lateness(), task, true);
        events.add(alarm);
        return alarm;
    }

    @Override
    public void close() {
        closed = true;
        events.stream().filter(event -> event.alarm).forEach(Event::drop);
    }

    /** The alarms that the client has set, by the classes of their tasks. */
    List<String> alarms() {
        return events.stream()
                .filter(event -> event.alarm && !event.isDone())
                .map(event -> event.task.getClass().getSimpleName().replaceAll("/.*", ""))
                .toList();
    }

    /** Several threads: each task comes when it comes. */
    Executor threads() {
        return task -> at(Duration.ofNanos(chance.lateness()), task);
    }

    // --- for the world ---

    /** How long the run has lasted. */
    Duration elapsed() {
        return Duration.ofNanos(now);
    }

    /** Has something happen later. */
    void at(Duration delay, Runnable task) {
        events.add(new Event(now + delay.toNanos(), task, false));
    }

    /** The date jumps. */
    void jump(Duration by) {
        slip = slip.plus(by);
    }

    /** The process stands still for a while, so that all that becomes due meanwhile comes late. */
    void stall(Duration time) {
        now += time.toNanos();
    }

    /** Lets time pass until something is so; false if it is not by then, or nothing is left to happen. */
    boolean run(BooleanSupplier done, Duration until) {
        long end = until.toNanos();
        while (!done.getAsBoolean()) {
            Event next = events.peek();
            if (next == null || next.at > end || count > MOST_EVENTS) {
                now = next == null ? now : Math.max(now, end);
                return false;
            }
            events.remove();
            if (!next.isDone()) {
                now = Math.max(now, next.at);
                next.happen();
            }
        }
        return true;
    }

    /** Whether so much has happened that it must be going round in circles. */
    boolean isExhausted() {
        return count > MOST_EVENTS;
    }

    /** Something that happens at a time, unless it is dropped before. */
    private final class Event extends CompletableFuture<Void> {
        private final long at;
        private final long nth = count++;
        private final Runnable task;
        private final boolean alarm;

        Event(long at, Runnable task, boolean alarm) {
            this.at = at;
            this.task = task;
            this.alarm = alarm;
        }

        void happen() {
            if (complete(null)) {
                task.run();
            }
        }

        void drop() {
            cancel(false);
        }
    }
}
