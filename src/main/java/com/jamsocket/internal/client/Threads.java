package com.jamsocket.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a client: those it was given, which are left running, and its own, which end with it. Its own are few,
 * daemons, and end when there is nothing to do.
 *
 * @param callbacks for listeners and for calls that wait
 * @param io for the HTTP client of streams, which must not wait for listeners
 * @param timer for delays
 * @param own those to be ended with the client
 */
record Threads(Executor callbacks, Executor io, ScheduledExecutorService timer, List<ExecutorService> own)
        implements AutoCloseable {

    private static final int CALLBACK_THREADS = 8;
    private static final int IO_THREADS = 4;
    private static final int IDLE_SECONDS = 10;

    /** The threads for a client that may have been given some. */
    static Threads of(@Nullable Executor executor, @Nullable ScheduledExecutorService scheduler) {
        List<ExecutorService> own = new ArrayList<>();
        Executor callbacks = executor != null ? executor : owned(pool("jamsocket-callback-", CALLBACK_THREADS), own);
        Executor io = executor != null ? executor : owned(pool("jamsocket-io-", IO_THREADS), own);
        ScheduledExecutorService timer = scheduler != null ? scheduler : owned(newTimer(), own);
        return new Threads(callbacks, io, timer, List.copyOf(own));
    }

    /** Completes after a delay, on the timer: what follows must be short. */
    CompletionStage<@Nullable Void> after(Duration delay) {
        CompletableFuture<@Nullable Void> due = new CompletableFuture<>();
        var unused = timer.schedule(() -> due.complete(null), delay.toNanos(), TimeUnit.NANOSECONDS);
        return due;
    }

    /** Ends its own threads when what is queued has run: it tells listeners that their streams have ended. */
    @Override
    public void close() {
        own.forEach(ExecutorService::shutdown);
    }

    private static <T extends ExecutorService> T owned(T executor, List<ExecutorService> own) {
        own.add(executor);
        return executor;
    }

    private static ExecutorService pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ScheduledExecutorService newTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("jamsocket-timer-"));
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + count.incrementAndGet());
            thread.setDaemon(true);
            // The class loader of whoever happens to call first must not be kept.
            thread.setContextClassLoader(Threads.class.getClassLoader());
            return thread;
        };
    }
}
