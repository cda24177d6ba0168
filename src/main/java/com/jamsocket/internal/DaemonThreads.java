package com.jamsocket.internal;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of our own: daemons, with nothing of the thread that happens to need them first. Its class loader would be
 * kept, and servers let threads inherit the application and the caller of the request that they are started in.
 */
public final class DaemonThreads implements ThreadFactory {

    private final String name;
    private final AtomicInteger count = new AtomicInteger();

    /** Threads of this name, numbered from 1. */
    public DaemonThreads(String name) {
        this.name = name + "-";
    }

    /** One thread, not started. */
    public static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
        return thread;
    }

    /** So many threads at most, with an unbounded queue; each ends when it has been idle for so long. */
    public static ThreadPoolExecutor pool(String name, int threads, Duration idle) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                idle.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                new DaemonThreads(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public Thread newThread(Runnable task) {
        return thread(name + count.incrementAndGet(), task);
    }
}
