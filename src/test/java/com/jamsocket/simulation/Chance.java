package com.jamsocket.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** All that is left to chance in one run, from its seed. */
final class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    RandomGenerator random() {
        return random;
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** One of the first numbers from zero. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** A time between two, in each order of magnitude as likely as in the next. */
    Duration time(Duration least, Duration most) {
        double from = Math.log((double) least.toNanos());
        double to = Math.log((double) most.toNanos());
        return Duration.ofNanos((long) Math.exp(from + random.nextDouble() * (to - from)));
    }

    /** By how much something on a thread comes later than it could: mostly not, seldom by many milliseconds. */
    long lateness() {
        int kind = random.nextInt(16);
        if (kind < 10) {
            return 0;
        }
        return kind < 15 ? random.nextInt(1_000_000) : random.nextInt(50_000_000);
    }
}
