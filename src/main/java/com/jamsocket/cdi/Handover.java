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
 * <p>A task that the container refuses runs on that thread: late, but not lost. The thread ends when it is idle.
 */
final class Handover implements Executor {

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Executor managed;
    private final Executor own = DaemonThreads.pool("jamsocket-handover", 1, IDLE);

    Handover(Executor managed) {
        this.managed = managed;
    }

    @Override
    public void execute(Runnable task) {
        own.execute(() -> handOver(task));
    }

    private void handOver(Runnable task) {
        try {
            managed.execute(task);
        } catch (RuntimeException | Error refusal) {
            LOG.log(Level.DEBUG, "The container's executor refused a task", refusal);
            task.run();
        }
    }
}
