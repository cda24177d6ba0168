package com.jamsocket.streams;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;

/** Waits for what happens on other threads and in other processes. */
final class Eventually {

    private static final long BETWEEN_LOOKS = Duration.ofMillis(2).toNanos();

    private Eventually() {}

    /** Fails if the condition does not come true within the limit. */
    static void within(Duration limit, String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                Assertions.fail("not within %s: %s", limit, what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    /** The same, collecting garbage between looks: some things end only when nobody can reach them any more. */
    static void afterCollection(Duration limit, String what, BooleanSupplier condition) {
        within(limit, what, () -> {
            System.gc();
            return condition.getAsBoolean();
        });
    }
}
