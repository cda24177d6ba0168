package com.jamsocket.internal.dev.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.random.RandomGenerator;

/** What a time that a test moves takes from the machine: where it begins, and how long is waited for what runs. */
final class MachineTime {

    private MachineTime() {}

    static long nanos() {
        return System.nanoTime();
    }

    static Instant start() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** The same chance in each test. */
    static RandomGenerator chance() {
        return new Random(1);
    }
}
