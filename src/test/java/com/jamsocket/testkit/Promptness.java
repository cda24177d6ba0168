package com.jamsocket.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Tells what waits from what is merely held up. A busy machine holds up this try or that; what waits for something does
 * so each time. So the fastest of some tries must be in time.
 */
public final class Promptness {

    private static final int TRIES = 5;

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
}
