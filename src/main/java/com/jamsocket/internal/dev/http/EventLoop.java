package com.jamsocket.internal.dev.http;

import com.jamsocket.internal.DaemonThreads;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.Ticker;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns all state of a server: connections, backends, timers. What other threads want of that state
 * they hand in as a task, so nothing needs a lock and whatever one task does is seen whole by the next.
 */
public final class EventLoop implements Ticker {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");
    private static final int TIMERS_A_TURN = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Selector selector;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Timers timers = new Timers();
    private final long origin = System.nanoTime();
    private volatile @Nullable Thread thread;
    private boolean closed;

    /** A loop that does not run yet. */
    public EventLoop() throws IOException {
        selector = Selector.open();
    }

    /** Runs on a daemon thread of this name from now on. */
    public void start(String name) {
        Thread started = DaemonThreads.thread(name, this::run);
        thread = started;
        started.start();
    }

    /** Called with each readiness of a channel. */
    interface ChannelHandler {
        void ready(SelectionKey key) throws IOException;

        /** The channel is of no more use: an operation on it failed, or the loop ends. */
        void abandon();
    }

    SelectionKey register(SelectableChannel channel, int operations, ChannelHandler handler)
            throws ClosedChannelException {
        return channel.register(selector, operations, handler);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime() - origin;
    }

    @Override
    public RandomGenerator random() {
        return RANDOM;
    }

    /** Runs the task on the loop's thread, and may be called there only. Without a delay it runs in the same turn. */
    @Override
    public Future<?> after(Duration delay, Runnable task) {
        if (delay.isZero() || delay.isNegative()) {
            return timers.addImmediate(() -> runSafely(task));
        }
        return timers.add(nanoTime() + Deadline.nanos(delay), () -> runSafely(task));
    }

    /**
     * Hands in a task from any thread.
     *
     * @throws IllegalStateException if the loop has ended
     */
    public void execute(Runnable task) {
        synchronized (tasks) {
            if (closed) {
                throw new IllegalStateException("the dev server is closed");
            }
            tasks.add(task);
        }
        selector.wakeup();
    }

    /** Hands in a task from any thread; it is of no more use if the loop has ended. */
    public void executeUnlessClosed(Runnable task) {
        synchronized (tasks) {
            if (!closed) {
                tasks.add(task);
            }
        }
        selector.wakeup();
    }

    /** Hands in a task and waits for its result; what it throws is thrown here. */
    public <T> T call(Supplier<T> task) {
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
    public void close() throws InterruptedException {
        synchronized (tasks) {
            closed = true;
        }
        selector.wakeup();
        Thread running = thread;
        if (running == null) {
            end();
        } else if (Thread.currentThread() != running) {
            running.join();
        }
    }

    private void run() {
        try {
            while (turn()) {
                select();
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, "The dev server ends: its selector failed", e);
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
        if (!ending) {
            timers.run(nanoTime(), TIMERS_A_TURN);
        }
        return !ending;
    }

    private void select() throws IOException {
        Long next = timers.next();
        long nanos = next == null ? Deadline.nanos(Deadline.LONGEST) : next - nanoTime();
        if (nanos > 0) {
            selector.select(this::dispatch, (nanos + 999_999) / 1_000_000);
        } else {
            selector.selectNow(this::dispatch);
        }
    }

    private void dispatch(SelectionKey key) {
        ChannelHandler handler = (ChannelHandler) key.attachment();
        try {
            if (key.isValid()) {
                handler.ready(key);
            }
        } catch (IOException e) {
            // The other side went away: its affair.
            handler.abandon();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A connection of the dev server failed", e);
            handler.abandon();
        }
    }

    private void end() {
        List<ChannelHandler> handlers = new ArrayList<>();
        selector.keys().forEach(key -> handlers.add((ChannelHandler) key.attachment()));
        handlers.forEach(handler -> runSafely(handler::abandon));
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The selector could not be closed", e);
        }
        synchronized (tasks) {
            closed = true;
        }
        // Nothing can be added any more; whoever waits for one of these is answered.
        tasks.forEach(EventLoop::runSafely);
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // The thread must live: whoever waits for a later task would wait for ever.
            LOG.log(Level.ERROR, "A task of the dev server failed", e);
        }
    }
}
