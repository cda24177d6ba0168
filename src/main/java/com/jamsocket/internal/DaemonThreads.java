package com.jamsocket.internal;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads of our own: daemons, with nothing of the thread that happens to need them first. Its class loader would be
 * kept, and servers let threads inherit the application and the caller of the request that they are started in.
 */
public final class DaemonThreads implements ThreadFactory {

    private final String name;
    private final @Nullable ClassLoader loader;
    private final AtomicInteger count = new AtomicInteger();

    private DaemonThreads(String name, @Nullable ClassLoader loader) {
        this.name = name;
        this.loader = loader;
    }

    /** Threads of this name and a number. */
    public static DaemonThreads named(String name) {
        return new DaemonThreads(name, DaemonThreads.class.getClassLoader());
    }

    /**
     * Threads of this name and a number, for code of whoever asks for them here: with the same context class loader.
     */
    public static DaemonThreads namedForCaller(String name) {
        return new DaemonThreads(name, Thread.currentThread().getContextClassLoader());
    }

    /** So many of these threads at most, with an unbounded queue; each ends when it has been idle for so long. */
    public ThreadPoolExecutor pool(int threads, Duration idle) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, idle.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), this);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** As {@link #pool}, of virtual threads where the JDK has them (21 and later): many of these cost little. */
    public ThreadPoolExecutor virtualPool(int threads, Duration idle) {
        ThreadPoolExecutor pool = pool(threads, idle);
        ThreadFactory virtual = VirtualThreads.named(name + "-");
        if (virtual != null) {
            pool.setThreadFactory(task -> virtual.newThread(() -> {
                Thread.currentThread().setContextClassLoader(loader);
                task.run();
            }));
        }
        return pool;
    }

    /** One thread of just this name, not started. */
    public static Thread thread(String name, Runnable task) {
        return thread(name, DaemonThreads.class.getClassLoader(), task);
    }

    @Override
    public Thread newThread(Runnable task) {
        return thread(name + "-" + count.incrementAndGet(), loader, task);
    }

    private static Thread thread(String name, @Nullable ClassLoader loader, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }
}
