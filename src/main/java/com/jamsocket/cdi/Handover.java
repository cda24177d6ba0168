package com.jamsocket.cdi;

import com.jamsocket.internal.DaemonThreads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Hands tasks to the container's executor from a thread of its own, which has nothing of any application.
 *
 * <p>An executor takes down the application of whoever hands a task in. On GlassFish and Payara that may be one which is
 * gone, for their threads inherit the application of the request in which they were started; such a task is dropped
 * without a word, and a stream that waits for it stands still. Nor do threads that are started from here inherit, and
 * with it keep, anything of ours.
 *
 * <p>A task that the container refuses, or that comes after the close, runs on that thread: late, but not lost. The thread
 * ends when it is idle.
 */
final class Handover implements Executor, AutoCloseable {

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Executor managed;
    private final ClassLoader application;
    private final Executor own = DaemonThreads.pool("jamsocket-handover", 1, IDLE);
    private volatile boolean closed;

    /**
     * To the container's executor.
     *
     * @param application the context class loader of the application's threads, which tasks shall have too. Open Liberty
     *     keeps every other for ever.
     */
    Handover(Executor managed, ClassLoader application) {
        this.managed = managed;
        this.application = application;
    }

    @Override
    public void execute(Runnable task) {
        own.execute(() -> handOver(task));
    }

    private void handOver(Runnable task) {
        Thread.currentThread().setContextClassLoader(application);
        if (closed) {
            task.run();
            return;
        }
        try {
            managed.execute(task);
        } catch (RuntimeException | Error refusal) {
            LOG.log(Level.DEBUG, "The container's executor refused a task", refusal);
            task.run();
        }
    }

    /** Hands in nothing any more. Open Liberty would keep the class loader of an application that has stopped. */
    @Override
    public void close() {
        closed = true;
    }
}
