package com.jamsocket.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.time.Instant;

/** Any header is a time to wait which can be counted with, or none. */
public final class RetryAfterFuzz {

    private static final Instant NOW = Instant.parse("2026-11-04T20:42:21.123Z");
    private static final Duration LONGEST_HEEDED = Duration.ofMinutes(5);

    private RetryAfterFuzz() {}

    public static void fuzzerTestOneInput(byte[] header) {
        Duration asked = RetryAfter.parse(new String(header, ISO_8859_1), NOW);
        if (asked != null && (asked.isNegative() || asked.compareTo(Deadline.LONGEST) > 0)) {
            throw new AssertionError("asked to wait " + asked);
        }
        Duration heeded = RetryAfter.heeded(asked);
        if (heeded.isNegative() || heeded.compareTo(LONGEST_HEEDED) > 0) {
            throw new AssertionError("waits " + heeded);
        }
    }
}
