package com.jamsocket.cdi;

import com.jamsocket.internal.DaemonThreads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Hands tasks to the container's executor, to run there in the context of the application. It does so from a thread of its
 * own, which belongs to no request.
 *
 * <p>An executor takes down the application that the thread which hands a task in belongs to. On GlassFish and Payara that
 * may be one which is gone, for their threads inherit the application of the request in which they were started; such a
 * task is dropped without a word, and a stream that waits for it stands still. Nor do threads that are started from here
 * inherit, and with it keep, anything of ours.
 *
 * <p>A task that the container refuses, or that comes after the close, runs on that thread: late, but not lost. The thread
 * ends when it is idle.
 */
final class Handover implements Executor, AutoCloseable {

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Executor managed;
    private final ContainerContext context;
    private final Executor own = DaemonThreads.pool("jamsocket-handover", 1, IDLE);
    private volatile boolean closed;

    Handover(Executor managed, ContainerContext context) {
        this.managed = managed;
        this.context = context;
    }

    @Override
    public void execute(Runnable task) {
        own.execute(() -> handOver(new Once(() -> context.run(task))));
    }

    private void handOver(Once task) {
        if (closed) {
            task.run();
            return;
        }
        try {
            // Open Liberty keeps for ever what is not the context class loader of an application.
            context.runInLoader(() -> managed.execute(task));
        } catch (RuntimeException | Error refusal) {
            LOG.log(Level.DEBUG, "The container's executor refused a task", refusal);
            task.run();
        }
    }

    /** Hands in nothing any more: containers are done with an application then. */
    @Override
    public void close() {
        closed = true;
    }
}
