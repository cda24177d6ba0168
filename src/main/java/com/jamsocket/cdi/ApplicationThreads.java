package com.jamsocket.cdi;

import com.jamsocket.internal.DaemonThreads;
import com.jamsocket.internal.FailureLog;
import com.jamsocket.internal.Once;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads for code of the application, which runs there in the application's context: the container's where it has
 * some, else a few of our own.
 *
 * <p>The container's executor is handed its tasks by one thread of our own, which belongs to no request, for it takes
 * down the application that the thread which hands a task in belongs to. On GlassFish and Payara that may be one which
 * is gone: their threads inherit the application of the request in which they were started. Such a task is dropped
 * without a word, and a stream that waits for it stands still. Nor do threads that are started from here inherit
 * thread-locals of ours. A task that the container refuses, or that comes after the close, runs on threads of our own.
 *
 * <p>Threads of our own end when they are idle, and sooner after the close.
 */
final class ApplicationThreads implements Executor, AutoCloseable {

    private static final int OWN = 8;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration LAST_IDLE = Duration.ofMillis(500);

    private final @Nullable Executor managed;
    private final ContainerContext context;
    private final ThreadPoolExecutor own =
            DaemonThreads.named("jamsocket-callback").pool(OWN, IDLE);
    private final ThreadPoolExecutor handover =
            DaemonThreads.named("jamsocket-handover").pool(1, IDLE);
    private final FailureLog refused = new FailureLog(System.getLogger("com.jamsocket.cdi"), Level.WARNING);
    private volatile boolean closed;

    /** Those of the container's executor; null for our own. */
    ApplicationThreads(@Nullable Executor managed, ContainerContext context) {
        this.managed = managed;
        this.context = context;
    }

    @Override
    public void execute(Runnable task) {
        Once inContext = new Once(() -> context.run(task));
        if (managed == null || closed) {
            own.execute(inContext);
        } else {
            handover.execute(() -> handOver(managed, inContext));
        }
    }

    private void handOver(Executor executor, Once task) {
        if (closed) {
            own.execute(task);
            return;
        }
        try {
            // Open Liberty keeps for ever what is not the context class loader of an application.
            context.runInLoader(() -> executor.execute(task));
        } catch (RuntimeException | Error refusal) {
            refused.log(
                    "refusal",
                    "JAMSOCKET-401 The container's executor refuses work; it runs on threads of the client instead",
                    refusal);
            own.execute(task);
        }
    }

    /** Hands in nothing any more: containers are done with an application then. */
    @Override
    public void close() {
        closed = true;
        refused.end();
        own.setKeepAliveTime(LAST_IDLE.toMillis(), TimeUnit.MILLISECONDS);
        handover.setKeepAliveTime(LAST_IDLE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
