package com.jamsocket.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Tells what waits from what is merely held up. A busy machine holds up this try or that; what waits for something does
 * so each time. So the fastest of some tries must be in time.
 */
public final class Promptness {

    private static final int TRIES = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Promptness() {}

    /** Tries until it is in time; each try says how long the thing took. Fails if all are too slow. */
    public static void fastestIsWithin(Duration limit, Callable<Duration> once) throws Exception {
        Duration fastest = once.call();
        for (int tries = 1; tries < TRIES && fastest.compareTo(limit) >= 0; tries++) {
            Duration took = once.call();
            fastest = took.compareTo(fastest) < 0 ? took : fastest;
        }
        assertThat(fastest).as("the fastest of %d", TRIES).isLessThan(limit);
    }

    /** How long that takes. */
    public static Duration of(Runnable task) {
        long start = System.nanoTime();
        task.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** How long this thread waits for others meanwhile, or for time; not how long it is kept from a processor. */
    public static Duration waitingIn(Runnable task) {
        THREADS.setThreadContentionMonitoringEnabled(true);
        long before = waited();
        task.run();
        return Duration.ofMillis(waited() - before);
    }

    private static long waited() {
        ThreadInfo here = THREADS.getThreadInfo(Thread.currentThread().getId());
        return here.getWaitedTime() + here.getBlockedTime();
    }
}
