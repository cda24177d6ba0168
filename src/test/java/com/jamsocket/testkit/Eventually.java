package com.jamsocket.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Polls for what happens on other threads and in other processes: soon at first, then at longer intervals. The limits
 * are for failing tests only, so they are generous.
 */
public final class Eventually {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration COLLECTED = Duration.ofSeconds(60);
    private static final long FIRST_INTERVAL = Duration.ofMillis(1).toNanos();
    private static final long LAST_INTERVAL = Duration.ofMillis(50).toNanos();

    private Eventually() {}

    /** What is to become true; may throw what its test may throw. */
    @FunctionalInterface
    public interface Condition<E extends Exception> {
        /** Whether it is true now. */
        boolean holds() throws E;
    }

    /** Fails if the condition does not come true within 30 seconds. */
    public static <E extends Exception> void eventually(String what, Condition<E> condition) throws E {
        eventually(what, LIMIT, condition);
    }

    /** Fails if the condition does not come true within the limit. */
    public static <E extends Exception> void eventually(String what, Duration limit, Condition<E> condition) throws E {
        long start = System.nanoTime();
        long interval = FIRST_INTERVAL;
        while (!condition.holds()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            LockSupport.parkNanos(interval);
            interval = Math.min(2 * interval, LAST_INTERVAL);
        }
    }

    /** Asks until the answer is complete; fails with the last answer if that is not so within the limit. */
    public static <T> T eventually(String what, Duration limit, Callable<T> question, Predicate<T> complete) {
        AtomicReference<T> last = new AtomicReference<>();
        try {
            eventually(what, limit, () -> {
                last.set(question.call());
                return complete.test(last.get());
            });
            return last.get();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; at last it was " + last, e);
        } catch (Exception e) {
            throw new AssertionError("no answer: " + what, e);
        }
    }

    /**
     * The same, collecting garbage between looks, within a minute: some things end only when nobody can reach them
     * any more, and the JDK keeps a connection for 5 to 10 seconds that nobody uses.
     */
    public static <E extends Exception> void afterCollection(String what, Condition<E> condition) throws E {
        eventually(what, COLLECTED, () -> {
            System.gc();
            return condition.holds();
        });
    }
}
