package com.jamsocket.internal.dev.time;

import com.jamsocket.internal.ClosableTicker;
import com.jamsocket.internal.DaemonThreads;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.TestTime;
import com.jamsocket.internal.Ticker;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A time that stands still until a test moves it, from timer to timer. All that a timer sets off has been done before
 * the next one is due.
 */
public final class VirtualClock implements TestTime {

    /** The header of a request by which a client in this JVM names its stream, in lower case. */
    public static final String STREAM_HEADER = "x-jamsocket-test-stream";

    /** How long is waited, in real time, for what runs. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final long FOR_EVER = Deadline.nanos(Deadline.LONGEST);

    private final TreeSet<Alarm> alarms =
            new TreeSet<>(Comparator.<Alarm>comparingLong(alarm -> alarm.at).thenComparingLong(alarm -> alarm.number));
    private final Activity activity = new Activity();
    private final Streams streams = new Streams(activity);
    private final Executor timers = DaemonThreads.named("jamsocket-test-timer").pool(1, Duration.ofSeconds(1));
    private final Instant start = MachineTime.start();
    private final RandomGenerator random = MachineTime.chance();

    /** One moves it at a time. */
    private final ReentrantLock moving = new ReentrantLock(true);

    private long now;
    private long count;

    /** The date in it. */
    public synchronized Instant now() {
        return start.plusNanos(now);
    }

    private synchronized long nanos() {
        return now;
    }

    /** Lets time pass, and waits after each timer until all that it has set off is done. */
    public void advance(Duration time) {
        requireNoTask();
        moving.lock();
        try {
            settle();
            long end = nanos() + Deadline.nanos(time);
            for (Alarm next = due(end); next != null; next = due(end)) {
                next.ring();
                settle();
            }
            moveTo(end);
        } finally {
            moving.unlock();
        }
    }

    /**
     * Waits until nothing is left to do at this moment.
     *
     * @throws AssertionError after 5 s of real time, saying what is being done
     */
    public void settle() {
        requireNoTask();
        try {
            if (!activity.awaitSettled(PATIENCE.toNanos())) {
                throw new AssertionError("still running after " + PATIENCE.toSeconds() + " s:\n    "
                        + String.join("\n    ", activity.describe()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for what runs", e);
        }
    }

    private void requireNoTask() {
        if (activity.isHere()) {
            throw new IllegalStateException(
                    "time cannot be moved from a callback, for it waits until that has returned");
        }
    }

    /** Moves time for as long as this is open, from timer to timer, whenever a caller waits for nothing else. */
    public AutoAdvance autoAdvance() {
        return new AutoAdvance();
    }

    /** Moves time until it is closed. */
    public final class AutoAdvance implements AutoCloseable {

        private final Thread thread = DaemonThreads.thread("jamsocket-test-advance", this::run);
        private volatile boolean closed;

        private AutoAdvance() {
            thread.start();
        }

        private void run() {
            try {
                while (!closed) {
                    if (activity.awaitWaiting(VirtualClock.this::hasAlarms, GLANCE.toNanos())) {
                        step();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void step() {
            moving.lock();
            try {
                // Somebody else may have moved it since.
                Alarm next = !closed && activity.waitsForTime() ? due(FOR_EVER) : null;
                if (next != null) {
                    next.ring();
                }
            } finally {
                moving.unlock();
            }
        }

        /** Time stands still again when this returns. */
        @Override
        public void close() {
            moving.lock();
            try {
                closed = true;
            } finally {
                moving.unlock();
            }
        }
    }

    private synchronized void moveTo(long time) {
        now = Math.max(now, time);
    }

    private synchronized boolean hasAlarms() {
        return !alarms.isEmpty();
    }

    private synchronized @Nullable Alarm due(long end) {
        if (alarms.isEmpty() || alarms.first().at > end) {
            return null;
        }
        Alarm alarm = alarms.pollFirst();
        now = Math.max(now, alarm.at);
        return alarm;
    }

    @Override
    public ClosableTicker ticker() {
        return new Timers(timers, random);
    }

    /**
     * The time of a server.
     *
     * @param loop runs its timers; throws {@link IllegalStateException} when the server is closed
     * @param ofServer has its chance, and runs what is due at once
     */
    public ClosableTicker ticker(Executor loop, Ticker ofServer) {
        return new Timers(loop, ofServer.random()) {
            @Override
            public Future<?> after(Duration delay, Runnable task) {
                return delay.isZero() || delay.isNegative() ? ofServer.after(delay, task) : super.after(delay, task);
            }
        };
    }

    @Override
    public Runnable tracked(String what, Runnable task) {
        return activity.tracked(what, task);
    }

    @Override
    public Turn turn(String what) {
        return activity.turn(what);
    }

    @Override
    public HttpClient tracked(HttpClient client) {
        return new TrackedHttpClient(client, streams);
    }

    /** The stream of this name, or null. */
    public @Nullable Stream stream(String name) {
        return streams.find(name);
    }

    private class Timers implements ClosableTicker {

        private final Executor runner;
        private final RandomGenerator chance;
        private boolean closed;

        Timers(Executor runner, RandomGenerator chance) {
            this.runner = runner;
            this.chance = chance;
        }

        @Override
        public Instant now() {
            return VirtualClock.this.now();
        }

        @Override
        public long nanoTime() {
            return nanos();
        }

        @Override
        public RandomGenerator random() {
            return chance;
        }

        @Override
        public Future<?> after(Duration delay, Runnable task) {
            Alarm alarm;
            synchronized (VirtualClock.this) {
                if (closed) {
                    throw new RejectedExecutionException("the ticker is closed");
                }
                alarm = new Alarm(this, now + Deadline.nanos(delay), count++, task);
                if (alarm.at > now) {
                    alarms.add(alarm);
                    return alarm;
                }
            }
            alarm.ring();
            return alarm;
        }

        @Override
        public void close() {
            List<Alarm> own;
            synchronized (VirtualClock.this) {
                closed = true;
                own = alarms.stream().filter(alarm -> alarm.owner == this).toList();
            }
            own.forEach(alarm -> alarm.cancel(false));
        }
    }

    private final class Alarm extends FutureTask<@Nullable Void> {

        private final Timers owner;
        private final long at;
        private final long number;

        Alarm(Timers owner, long at, long number, Runnable task) {
            super(task, null);
            this.owner = owner;
            this.at = at;
            this.number = number;
        }

        /** Begins to run it. */
        void ring() {
            Runnable tracked = tracked("a timer", this);
            try {
                owner.runner.execute(tracked);
            } catch (IllegalStateException e) {
                // The server is closed: it has no time any more.
                cancel(false);
                tracked.run();
            }
        }

        @Override
        protected void done() {
            if (isCancelled()) {
                synchronized (VirtualClock.this) {
                    alarms.remove(this);
                }
            }
        }
    }
}
