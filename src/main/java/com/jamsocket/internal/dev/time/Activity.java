package com.jamsocket.internal.dev.time;

import com.jamsocket.internal.Stages;
import com.jamsocket.internal.TestTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is being done by those who share a time: tasks, turns of callers, streams. Whoever hands over to another has the
 * other counted before it is done itself, so that at no moment it looks as if nothing were left.
 */
final class Activity {

    private static final Duration GLANCE = Duration.ofMillis(100);

    private final Set<Doing> running = new LinkedHashSet<>();
    private final Set<Stream> streams = new LinkedHashSet<>();

    /** Of one time each: a thread may do something in two of them. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Doing> here = new ThreadLocal<>();

    private int waiting;

    /** Something that is done. */
    private static final class Doing {
        private final String what;
        private @Nullable Thread thread;
        private int waits;
        private boolean over;

        Doing(String what, @Nullable Thread thread) {
            this.what = what;
            this.thread = thread;
        }

        /** With the first frames of its thread, for whoever waits in vain. */
        @Override
        public String toString() {
            Thread runner = thread;
            if (runner == null) {
                return what + ", which has not begun";
            }
            StringBuilder text = new StringBuilder(what + " on " + runner.getName());
            StackTraceElement[] frames = runner.getStackTrace();
            for (int i = 0; i < Math.min(8, frames.length); i++) {
                text.append("\n        at ").append(frames[i]);
            }
            return text.toString();
        }
    }

    /** The same task, which is being done from now on until it has run. */
    Runnable tracked(String what, Runnable task) {
        Doing doing = new Doing(what, null);
        begin(doing);
        return () -> {
            Doing before = here.get();
            here.set(doing);
            doing.thread = Thread.currentThread();
            try {
                task.run();
            } finally {
                if (before == null) {
                    here.remove();
                } else {
                    here.set(before);
                }
                end(doing);
            }
        };
    }

    /** What the present thread does for its caller. */
    TestTime.Turn turn(String what) {
        Doing doing = new Doing(what, Thread.currentThread());
        Doing task = here.get();
        begin(doing);
        return new TestTime.Turn() {
            @Override
            public void waitsFor(CompletableFuture<?> result) {
                Wait wait = new Wait(task == null ? List.of(doing) : List.of(doing, task));
                // First, for a result that is there already must not look for a moment as if time had to bring it.
                Stages.whenDone(result, (value, failure) -> wait.end());
                wait.begin();
            }

            @Override
            public void close() {
                end(doing);
            }
        };
    }

    /** A stream that is about to be asked for. */
    synchronized Stream stream(String what) {
        Stream stream = new Stream(this, what);
        streams.add(stream);
        return stream;
    }

    synchronized void changed(Stream stream) {
        if (stream.isOver()) {
            streams.remove(stream);
        }
        notifyAll();
    }

    private synchronized void begin(Doing doing) {
        running.add(doing);
    }

    private synchronized void end(Doing doing) {
        doing.over = true;
        running.remove(doing);
        notifyAll();
    }

    /** From when a thread waits for a result until that is there, which may be the case before. */
    private final class Wait {

        private final List<Doing> suspended;
        private boolean begun;
        private boolean over;

        Wait(List<Doing> suspended) {
            this.suspended = suspended;
        }

        void begin() {
            synchronized (Activity.this) {
                if (over) {
                    return;
                }
                begun = true;
                waiting++;
                for (Doing doing : suspended) {
                    doing.waits++;
                    running.remove(doing);
                }
                Activity.this.notifyAll();
            }
        }

        /** The thread may have gone on by itself, into its next wait: then it is still waiting. */
        void end() {
            synchronized (Activity.this) {
                over = true;
                if (!begun) {
                    return;
                }
                waiting--;
                for (Doing doing : suspended) {
                    doing.waits--;
                    if (doing.waits == 0 && !doing.over) {
                        running.add(doing);
                    }
                }
                Activity.this.notifyAll();
            }
        }
    }

    /** Whether the present thread runs one of these tasks, so that it would wait for itself. */
    boolean isHere() {
        return here.get() != null;
    }

    /** Whether nothing is left to do at this moment. */
    synchronized boolean isSettled() {
        return running.isEmpty() && streams.stream().allMatch(Stream::isSettled);
    }

    /** Whether a thread waits, and nobody but time can help it. */
    synchronized boolean waitsForTime() {
        return waiting > 0 && isSettled();
    }

    /** Waits until nothing is left to do, or so much real time in which it ran is over; whether nothing is left. */
    synchronized boolean awaitSettled(long nanos) throws InterruptedException {
        return await(this::isSettled, nanos);
    }

    /** Waits until somebody waits for time and this holds too, or the real time is over; whether it is so. */
    synchronized boolean awaitWaiting(BooleanSupplier also, long nanos) throws InterruptedException {
        return await(() -> waitsForTime() && also.getAsBoolean(), nanos);
    }

    private synchronized boolean await(BooleanSupplier condition, long nanos) throws InterruptedException {
        long left = nanos;
        while (!condition.getAsBoolean()) {
            if (left <= 0) {
                return false;
            }
            long begin = MachineTime.nanos();
            wait(GLANCE.toMillis());
            // Where this thread had to wait for its turn, the others had too.
            left -= Math.min(MachineTime.nanos() - begin, GLANCE.toNanos());
        }
        return true;
    }

    /** What is being done, a line or more each. */
    synchronized List<String> describe() {
        List<String> lines = new ArrayList<>();
        running.forEach(doing -> lines.add(doing.toString()));
        streams.stream().filter(stream -> !stream.isSettled()).forEach(stream -> lines.add(stream.toString()));
        return lines;
    }
}
