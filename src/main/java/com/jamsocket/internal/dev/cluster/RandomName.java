package com.jamsocket.internal.dev.cluster;

import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A name as Plane gives them to backends and errors. */
public final class RandomName {

    private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 14;

    private RandomName() {}

    /** A new one. */
    public static String next(RandomGenerator random) {
        return next(random, LENGTH);
    }

    /** A new one that nobody guesses, from a generator that nobody does. */
    public static String secret(RandomGenerator random) {
        return next(random, 2 * LENGTH);
    }

    private static String next(RandomGenerator random, int length) {
        return random.ints(length, 0, CHARACTERS.length())
                .mapToObj(CHARACTERS::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }
}
