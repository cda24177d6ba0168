package com.jamsocket.dev;

import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What opens the way to a backend.
 *
 * @param text its text in the connection URL
 * @param secret what the backend is told of it, or null for a static one
 * @param user for whom it was made, or null
 * @param auth what the backend is told of the user, as JSON text
 */
record Token(String text, @Nullable String secret, @Nullable String user, String auth) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    static Token dynamic(@Nullable String user, String auth) {
        return new Token(random(), random(), user, auth);
    }

    static Token ofAll() {
        return new Token("s." + random(), null, null, "{}");
    }

    boolean isStatic() {
        return secret == null;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Shows nothing that opens anything. */
    @Override
    public String toString() {
        return "Token[user=" + user + "]";
    }
}
