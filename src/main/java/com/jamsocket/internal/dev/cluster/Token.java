package com.jamsocket.internal.dev.cluster;

import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What opens the way to a backend.
 *
 * @param backend the backend
 * @param text its text in the connection URL
 * @param secret what the backend is told of it, or null for a static one
 * @param user for whom it was made, or null
 * @param auth what the backend is told of the user, as JSON text
 */
public record Token(Backend backend, String text, @Nullable String secret, @Nullable String user, String auth) {

    private static final int BYTES = 32;

    /** How long the text of each token is at least. */
    public static final int MIN_LENGTH = 43;

    static Token forUser(Backend backend, @Nullable String user, String auth, RandomGenerator random) {
        return new Token(backend, random(random), random(random), user, auth);
    }

    /** The same for everybody. */
    static Token forAll(Backend backend, RandomGenerator random) {
        return new Token(backend, "s." + random(random), null, null, "{}");
    }

    /** Whether it is the same for everybody. */
    public boolean isStatic() {
        return secret == null;
    }

    private static String random(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Shows nothing that opens anything. */
    @Override
    public String toString() {
        return "Token[user=" + user + "]";
    }
}
