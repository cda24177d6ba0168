package com.jamsocket.internal.client;

import com.jamsocket.internal.ClosableTicker;
import com.jamsocket.internal.DaemonThreads;
import com.jamsocket.internal.Once;
import com.jamsocket.internal.TestTime;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.http.Transport;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a client, of two kinds. Code of the application (listeners, continuations) runs on callback threads,
 * which may be lent, and may block there for ever. The client's own progress (opening, questions, reconnects, parsing,
 * deadlines) runs on threads of its own, where nothing blocks, and never waits for the others. Between them stand the
 * call threads, for what blocks by its nature: calls of the non-blocking view. Request filters of what needs no thread,
 * questions and handshakes of streams, have a few of their own, so that neither calls nor streams wait for the others.
 *
 * <p>Those of its own are few, daemons, and end when there is nothing to do. Containers refuse work of an application
 * that is being undeployed, and connections must be closed then all the same. A simulation has others.
 */
class Threads implements AutoCloseable {

    private static final int CALLBACK_THREADS = 8;

    /** Filters seldom block for long: a token is read once for all. */
    private static final int FILTER_THREADS = 8;

    /** Where nothing blocks, more than processors only take turns. One may be at work for long, so there are two. */
    private static final int IO_THREADS =
            Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));

    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration LAST_IDLE = Duration.ofMillis(500);

    private final @Nullable Executor lent;
    private final ThreadPoolExecutor own =
            DaemonThreads.namedForCaller("jamsocket-callback").pool(CALLBACK_THREADS, IDLE);
    private final ThreadPoolExecutor calls;
    private final ThreadPoolExecutor attempts;
    private final ThreadPoolExecutor filters =
            DaemonThreads.namedForCaller("jamsocket-filter").pool(FILTER_THREADS, IDLE);
    private final ThreadPoolExecutor io = DaemonThreads.named("jamsocket-io").pool(IO_THREADS, IDLE);
    private final ClosableTicker ticker;

    /**
     * The threads of a client.
     *
     * @param lent runs code of the application; null for a few threads of the client's own
     * @param calls how many calls of the non-blocking view may be under way at once
     * @param ticker time, chance and delays; closed with them
     */
    Threads(@Nullable Executor lent, int calls, ClosableTicker ticker) {
        this.lent = lent;
        this.ticker = ticker;
        this.calls = DaemonThreads.namedForCaller("jamsocket-call").virtualPool(calls, IDLE);
        this.attempts = DaemonThreads.namedForCaller("jamsocket-attempt").virtualPool(calls, IDLE);
    }

    /**
     * Runs code of the application. What a lent executor refuses runs on threads of the client: the end must be told.
     */
    void runCallback(Runnable task) {
        if (lent == null) {
            own.execute(task);
            return;
        }
        Once once = new Once(task);
        try {
            lent.execute(once);
        } catch (RuntimeException | Error refusal) {
            // Some executors throw when they have the task already.
            if (once.take()) {
                own.execute(task);
            }
        }
    }

    /** Runs what blocks by its nature. */
    ExecutorService calls() {
        return calls;
    }

    /** How many calls of the non-blocking view are under way. */
    int runningCalls() {
        return calls.getActiveCount();
    }

    /** How many wait for their turn. */
    int queuedCalls() {
        return calls.getQueue().size();
    }

    /** Runs attempts that a waiting caller may leave. An outage may hold them, and leaves the others free. */
    ExecutorService attempts() {
        return attempts;
    }

    /** Runs what is the application's in a request that no thread waits for, such as its filters; it may block. */
    Executor filters() {
        return filters;
    }

    /** Runs the filters of such a request: what never blocks if there are none. */
    final Executor filters(Transport transport) {
        return transport.hasFilters() ? filters() : progress();
    }

    /** Runs what never blocks. */
    Executor progress() {
        return io;
    }

    final Ticker ticker() {
        return ticker;
    }

    /** Begins what a thread of the application does for its caller. */
    TestTime.Turn turn(String what) {
        return TestTime.Turn.UNSEEN;
    }

    /**
     * Lets threads go as soon as what is queued has run: it tells listeners that their streams have ended. None is shut
     * down, for an HTTP client that is refused a thread leaves the connection open which it was about to close.
     */
    @Override
    public void close() {
        ticker.close();
        for (ThreadPoolExecutor pool : new ThreadPoolExecutor[] {own, calls, attempts, filters, io}) {
            pool.setKeepAliveTime(LAST_IDLE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
