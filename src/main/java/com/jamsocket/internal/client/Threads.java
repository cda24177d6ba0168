package com.jamsocket.internal.client;

import com.jamsocket.internal.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a client: those it was given, which are left running, and its own, which end with it. Its own are few,
 * daemons, and end when there is nothing to do.
 *
 * <p>Application code runs on the threads that were given, the rest never does. Containers refuse work of an application
 * that is being undeployed, and the HTTP client must still close its connections then; they keep cancelled timers, and
 * with them the application's class loader, until these were due.
 *
 * @param callbacks for listeners and for calls that wait
 * @param io for the HTTP client of streams
 * @param timer for delays
 * @param endings what ends those that are the client's own
 */
record Threads(Executor callbacks, Executor io, ScheduledExecutorService timer, List<Runnable> endings)
        implements AutoCloseable {

    private static final int CALLBACK_THREADS = 8;
    private static final int IO_THREADS = 4;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration LAST_IDLE = Duration.ofMillis(500);

    /** The threads for a client that may have been given some for the application's code. */
    static Threads of(@Nullable Executor executor) {
        List<Runnable> endings = new ArrayList<>();
        Executor callbacks = executor != null ? executor : callbackPool(endings);
        return new Threads(callbacks, ioPool(endings), newTimer(endings), List.copyOf(endings));
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
        endings.forEach(Runnable::run);
    }

    private static Executor callbackPool(List<Runnable> endings) {
        ExecutorService pool =
                DaemonThreads.namedForCaller("jamsocket-callback").pool(CALLBACK_THREADS, IDLE);
        endings.add(pool::shutdown);
        return pool;
    }

    /**
     * Never shut down: an HTTP client that is refused a thread leaves the connection open which it was about to close. Its
     * threads end by themselves, and sooner when the client is closed.
     */
    private static Executor ioPool(List<Runnable> endings) {
        ThreadPoolExecutor pool = DaemonThreads.named("jamsocket-io").pool(IO_THREADS, IDLE);
        endings.add(() -> pool.setKeepAliveTime(LAST_IDLE.toMillis(), TimeUnit.MILLISECONDS));
        return pool;
    }

    private static ScheduledExecutorService newTimer(List<Runnable> endings) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("jamsocket-timer"));
        timer.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        endings.add(timer::shutdown);
        return timer;
    }
}
