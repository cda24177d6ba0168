package com.jamsocket.dev;

import com.jamsocket.internal.DaemonThreads;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The one thread that owns all state of a server: connections, backends, timers. What other threads want of that state
 * they hand in as a task, so nothing needs a lock and whatever one task does is seen whole by the next.
 */
final class EventLoop {

    private static final System.Logger LOGGER = System.getLogger(EventLoop.class.getName());
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final TreeSet<Timer> timers =
            new TreeSet<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
    private final long origin = System.nanoTime();
    private long timerCount;
    private boolean closed;

    EventLoop(String name) throws IOException {
        selector = Selector.open();
        thread = DaemonThreads.thread(name, this::run);
    }

    void start() {
        thread.start();
    }

    /** Called with each readiness of a channel. */
    interface Ready {
        void ready(SelectionKey key) throws IOException;

        /** The channel is of no more use: an operation on it failed, or the loop ends. */
        void abandon();
    }

    /** A piece of work for later. */
    private record Timer(long due, long number, Runnable work) {}

    SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws ClosedChannelException {
        return channel.register(selector, operations, ready);
    }

    /** Runs the work after the delay, counted from now. On the loop's thread only. */
    void schedule(Duration delay, Runnable work) {
        // More than a century is for ever, and must not overflow.
        long nanos = delay.compareTo(FOR_EVER) < 0 ? delay.toNanos() : FOR_EVER.toNanos();
        timers.add(new Timer(now() + nanos, timerCount++, work));
    }

    /**
     * Hands in a task from any thread.
     *
     * @throws IllegalStateException if the loop has ended
     */
    void execute(Runnable task) {
        synchronized (tasks) {
            if (closed) {
                throw new IllegalStateException("the dev server is closed");
            }
            tasks.add(task);
        }
        selector.wakeup();
    }

    /** Hands in a task from any thread; it is of no more use if the loop has ended. */
    void executeUnlessClosed(Runnable task) {
        synchronized (tasks) {
            if (!closed) {
                tasks.add(task);
            }
        }
        selector.wakeup();
    }

    /** Hands in a task and waits for its result; what it throws is thrown here. */
    <T> T call(Supplier<T> task) {
        if (Thread.currentThread() == thread) {
            return task.get();
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        execute(() -> complete(result, task));
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw (Error) e.getCause();
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> task) {
        try {
            result.complete(task.get());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    /** Ends the loop and closes what is registered with it; waits for the thread unless it is the caller. */
    void close() throws InterruptedException {
        synchronized (tasks) {
            closed = true;
        }
        selector.wakeup();
        if (Thread.currentThread() != thread) {
            thread.join();
        }
    }

    private void run() {
        try {
            while (turn()) {
                select();
            }
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.ERROR, "The dev server ends: its selector failed", e);
        } finally {
            end();
        }
    }

    /** Runs the tasks and due timers; false if the loop is to end. */
    private boolean turn() {
        List<Runnable> batch;
        boolean ending;
        synchronized (tasks) {
            batch = new ArrayList<>(tasks);
            tasks.clear();
            ending = closed;
        }
        batch.forEach(EventLoop::runSafely);
        // A timer may set one that is due at once; that belongs to the same turn.
        while (!ending && !timers.isEmpty() && timers.first().due() <= now()) {
            runSafely(timers.pollFirst().work());
        }
        return !ending;
    }

    private void select() throws IOException {
        selector.select(this::dispatch, timeoutMillis());
    }

    private long timeoutMillis() {
        if (timers.isEmpty()) {
            return 0;
        }
        long nanos = timers.first().due() - now();
        return Math.max(1, (nanos + 999_999) / 1_000_000);
    }

    private void dispatch(SelectionKey key) {
        Ready target = (Ready) key.attachment();
        try {
            if (key.isValid()) {
                target.ready(key);
            }
        } catch (IOException e) {
            // The other side went away: its affair.
            target.abandon();
        } catch (RuntimeException | Error e) {
            LOGGER.log(System.Logger.Level.ERROR, "A connection of the dev server failed", e);
            target.abandon();
        }
    }

    private void end() {
        List<Ready> targets = new ArrayList<>();
        selector.keys().forEach(key -> targets.add((Ready) key.attachment()));
        targets.forEach(target -> runSafely(target::abandon));
        try {
            selector.close();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "The selector could not be closed", e);
        }
        synchronized (tasks) {
            closed = true;
        }
        // Nothing can be added any more; whoever waits for one of these is answered.
        tasks.forEach(EventLoop::runSafely);
    }

    private static void runSafely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            // The thread must live: whoever waits for a later task would wait for ever.
            LOGGER.log(System.Logger.Level.ERROR, "A task of the dev server failed", e);
        }
    }

    private long now() {
        return System.nanoTime() - origin;
    }
}
