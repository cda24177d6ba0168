package com.jamsocket.internal.sse;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, in order, on an executor that it shares with others. Each task is handed over on its own,
 * so that a busy source leaves room for the others on a small executor.
 *
 * <p>An executor that rejects a task has been shut down. The owner is told first and may add a last task; then all that is
 * left, and whatever comes later, runs on the thread that asked for it. Otherwise the end could not be told to anyone.
 *
 * <p>Tasks must not throw.
 */
final class SerialExecutor implements Executor {
    private final Executor delegate;
    private final Runnable onRejection;

    private final Object lock = new Object();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean active;
    private @Nullable Thread runner;

    SerialExecutor(Executor delegate, Runnable onRejection) {
        this.delegate = delegate;
        this.onRejection = onRejection;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (lock) {
            tasks.add(task);
            if (active) {
                return;
            }
            active = true;
        }
        handOver();
    }

    /** Whether the calling thread is running a task of this executor. */
    boolean isRunningHere() {
        synchronized (lock) {
            return runner == Thread.currentThread();
        }
    }

    private void handOver() {
        try {
            delegate.execute(this::runOneAndHandOver);
        } catch (RejectedExecutionException rejection) {
            onRejection.run();
            runAllHere();
        }
    }

    private void runOneAndHandOver() {
        if (runOne()) {
            handOver();
        }
    }

    @SuppressWarnings("StatementWithEmptyBody")
    private void runAllHere() {
        while (runOne()) {}
    }

    /** Runs the first task, and tells whether more are left. */
    private boolean runOne() {
        Runnable task;
        boolean more;
        synchronized (lock) {
            task = tasks.remove();
            runner = Thread.currentThread();
        }
        try {
            task.run();
        } finally {
            more = release();
        }
        return more;
    }

    /** Leaves the turn: to the next task if there is one, else to whoever comes. Both are decided at once. */
    private boolean release() {
        synchronized (lock) {
            runner = null;
            active = !tasks.isEmpty();
            return active;
        }
    }
}
