package com.jamsocket.servers;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again until the answer is complete. */
final class Eventually {

    private Eventually() {}

    static <T> T eventually(String what, Duration limit, Supplier<T> question, Predicate<T> complete) {
        long end = System.nanoTime() + limit.toNanos();
        T answer = question.get();
        while (!complete.test(answer)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + limit + ": " + what + "; at last it was " + answer);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            answer = question.get();
        }
        return answer;
    }
}
