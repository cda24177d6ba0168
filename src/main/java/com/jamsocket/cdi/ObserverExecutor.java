package com.jamsocket.cdi;

import com.jamsocket.internal.DaemonThreads;
import com.jamsocket.internal.client.Hooks;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The threads of asynchronous observers: the container's where it offers some, else a few of our own. They are not
 * those of the client, so that slow observers do not delay the streams. Observers find the application's class loader
 * and naming context; the request context is the container's task (Jakarta CDI 4.0, "Observer method invocation
 * context").
 */
final class ObserverExecutor implements Executor, AutoCloseable {

    private static final int THREADS = 4;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Executor threads;
    private final @Nullable ThreadPoolExecutor own;
    private volatile Hooks hooks = Hooks.NONE;
    private volatile boolean closed;

    /** On the container's threads, or null for threads of our own. */
    ObserverExecutor(@Nullable ApplicationThreads managed, ContainerContext context) {
        if (managed == null) {
            ThreadPoolExecutor pool = DaemonThreads.named("jamsocket-observer").pool(THREADS, IDLE);
            this.own = pool;
            this.threads = notification -> pool.execute(() -> context.run(notification));
        } else {
            this.own = null;
            this.threads = managed;
        }
    }

    /** Has what goes along with the thread that fires be on for the observers too. */
    void contextBy(Hooks watching) {
        hooks = watching;
    }

    @Override
    public void execute(Runnable notification) {
        if (closed) {
            throw new RejectedExecutionException("the container is shutting down");
        }
        threads.execute(hooks.context().apply(() -> {
            if (!closed) {
                notification.run();
            }
        }));
    }

    /** Runs nothing any more and interrupts what runs on threads of our own. */
    @Override
    public void close() {
        closed = true;
        if (own != null) {
            own.shutdownNow();
        }
    }
}
