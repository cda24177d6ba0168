package com.jamsocket.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, in order, on an executor that it shares with others. Each task is handed over on its
 * own, so that a busy source leaves room for the others on a small executor.
 *
 * <p>An executor that rejects a task, in whatever way, has been shut down. The owner is told first and may add a last
 * task; then all that is left, and whatever comes later, runs on the thread that asked for it. Otherwise the end could
 * not be told to anyone. A task that throws is told to the owner too, and does not keep the next from its turn.
 */
public final class SerialExecutor implements Executor {
    private final Executor delegate;
    private final Runnable onRejection;
    private final Consumer<Throwable> onFailure;

    private final Object lock = new Object();
    private final Queue<Runnable> tasks = new ArrayDeque<>(2);
    private boolean active;
    private @Nullable Thread runner;

    /** Empty, and shared by nobody yet. */
    public SerialExecutor(Executor delegate, Runnable onRejection, Consumer<Throwable> onFailure) {
        this.delegate = delegate;
        this.onRejection = onRejection;
        this.onFailure = onFailure;
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
    public boolean isRunningHere() {
        synchronized (lock) {
            return runner == Thread.currentThread();
        }
    }

    private void handOver() {
        Once turn = new Once(this::runOneAndHandOver);
        try {
            delegate.execute(turn);
        } catch (RuntimeException | Error rejection) {
            // Some executors throw when they have the task already.
            if (turn.take()) {
                onRejection.run();
                runAllHere();
            }
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
        synchronized (lock) {
            task = tasks.remove();
            runner = Thread.currentThread();
        }
        try {
            task.run();
        } catch (Throwable failure) {
            onFailure.accept(failure);
        }
        return leave();
    }

    /** Leaves the turn: to the next task if there is one, else to whoever comes. Both are decided at once. */
    private boolean leave() {
        synchronized (lock) {
            runner = null;
            active = !tasks.isEmpty();
            return active;
        }
    }
}
