package com.jamsocket;

import com.jamsocket.internal.Values;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a status stream waits before it reconnects, and when it gives up. Immutable.
 *
 * <p>Each failed try doubles the delay, up to the cap; chance makes each up to a half longer still, so that many
 * clients do not come back at once. A state that was not delivered before makes the delay short again, and so does the
 * loss of a connection that had stood for longer than the cap: a server that repeats itself and closes does not. Tries
 * and their time are counted anew then, too. A longer delay which the server asks for is respected.
 *
 * <p>Defaults ({@link #ofDefaults()}): 250 ms, doubled each time, 30 s at most, without end.
 *
 * @param initialDelay the first delay, positive
 * @param maxDelay the cap, at least the first delay
 * @param maxAttempts how many tries in a row there may be that bring neither a new state nor a connection that stands,
 *     positive; null for no limit
 * @param maxTime how long to try without either, positive; null for no limit
 */
public record ReconnectPolicy(
        Duration initialDelay, Duration maxDelay, @Nullable Integer maxAttempts, @Nullable Duration maxTime) {

    private static final ReconnectPolicy DEFAULTS =
            new ReconnectPolicy(Duration.ofMillis(250), Duration.ofSeconds(30), null, null);

    /** Validates delays and limits. */
    public ReconnectPolicy {
        Values.requirePositive(initialDelay, "initialDelay");
        if (maxDelay.compareTo(initialDelay) < 0) {
            throw new IllegalArgumentException("maxDelay must be at least the initial delay, not " + maxDelay);
        }
        if (maxAttempts != null) {
            Values.requirePositive(maxAttempts, "maxAttempts");
        }
        if (maxTime != null) {
            Values.requirePositive(maxTime, "maxTime");
        }
    }

    /** 250 ms, doubled each time, 30 s at most, without end. */
    public static ReconnectPolicy ofDefaults() {
        return DEFAULTS;
    }

    /** The same with other delays. */
    public ReconnectPolicy withDelays(Duration initialDelay, Duration maxDelay) {
        return new ReconnectPolicy(initialDelay, maxDelay, maxAttempts, maxTime);
    }

    /** The same with an end after so many attempts in a row without a new state or a connection that stands. */
    public ReconnectPolicy withMaxAttempts(int maxAttempts) {
        return new ReconnectPolicy(initialDelay, maxDelay, maxAttempts, maxTime);
    }

    /** The same with an end after so long without a new state or a connection that stands. */
    public ReconnectPolicy withMaxTime(Duration maxTime) {
        return new ReconnectPolicy(initialDelay, maxDelay, maxAttempts, maxTime);
    }
}
