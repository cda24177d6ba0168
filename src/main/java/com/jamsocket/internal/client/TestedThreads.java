package com.jamsocket.internal.client;

import com.jamsocket.internal.TestTime;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The threads of a client in a time that a test moves: the same, but it is seen what they do. */
final class TestedThreads extends Threads {

    private final TestTime time;
    private final ExecutorService calls;
    private final ExecutorService attempts;

    TestedThreads(@Nullable Executor lent, int calls, TestTime time) {
        super(lent, calls, time.ticker());
        this.time = time;
        this.calls = new Tracked("a call of async()", super.calls());
        this.attempts = new Tracked("an attempt", super.attempts());
    }

    @Override
    void runCallback(Runnable task) {
        super.runCallback(time.tracked("a callback", task));
    }

    @Override
    ExecutorService calls() {
        return calls;
    }

    @Override
    ExecutorService attempts() {
        return attempts;
    }

    @Override
    Executor filters() {
        Executor threads = super.filters();
        return task -> threads.execute(time.tracked("a request filter", task));
    }

    @Override
    Executor progress() {
        Executor threads = super.progress();
        return task -> threads.execute(time.tracked("progress of the client", task));
    }

    @Override
    TestTime.Turn turn(String what) {
        return time.turn(what);
    }

    /** The same executor, of which it is seen what it has still to do. */
    private final class Tracked extends AbstractExecutorService {

        private final String what;
        private final ExecutorService executor;

        Tracked(String what, ExecutorService executor) {
            this.what = what;
            this.executor = executor;
        }

        @Override
        public void execute(Runnable task) {
            executor.execute(time.tracked(what, task));
        }

        @Override
        public void shutdown() {
            executor.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return executor.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return executor.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return executor.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return executor.awaitTermination(timeout, unit);
        }
    }
}
