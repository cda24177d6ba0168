package com.jamsocket.internal.dev.launch;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;

/**
 * Starts processes so that the JDK keeps no class loader of an application for them. The JDK waits for each process on
 * a thread, the "process reaper", which lives for a minute after the process. A thread takes the context class loader
 * of the one that starts it, and until JDK 24 its access control context, which holds all code that is on the stack
 * just then. So here that is code of the JDK alone: a method handle, called by a thread that the JDK made for itself.
 */
final class StartedApart {

    private static final MethodHandle START = find();

    private StartedApart() {}

    private static MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(ProcessBuilder.class, "start", MethodType.methodType(Process.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** As {@link ProcessBuilder#start()}, and no interrupt makes it forget a process that it has started. */
    static Process start(ProcessBuilder builder) throws IOException {
        Callable<?> start = MethodHandleProxies.asInterfaceInstance(Callable.class, START.bindTo(builder));
        FutureTask<?> started = new FutureTask<>(start);
        // Threads of a factory of ours would know our code; those of this pool's own know none.
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            pool.submit(started).join();
            return (Process) started.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError("it has ended", e);
        } finally {
            pool.shutdown();
        }
    }
}
