package com.jamsocket.dev;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** A name as Plane gives them to backends and errors. */
final class RandomName {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 14;

    private RandomName() {}

    static String next() {
        return RANDOM.ints(LENGTH, 0, CHARACTERS.length())
                .mapToObj(CHARACTERS::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }
}
