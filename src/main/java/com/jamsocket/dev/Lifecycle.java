package com.jamsocket.dev;

import com.jamsocket.internal.Values;
import com.jamsocket.internal.dev.api.DevServerSettings;
import java.time.Duration;

/**
 * How the backends of a {@link JamsocketDevServer} get from one status to the next.
 *
 * @param step the time each status lasts until the next; zero for none
 * @param byHand whether backends stay as they are until {@link JamsocketDevServer#moveTo} moves them
 */
public record Lifecycle(Duration step, boolean byHand) {

    /** Validates that no step is null or negative. */
    public Lifecycle {
        Values.requireNotNegative(step, "step");
    }

    /** Each status lasts 30 ms. */
    public static Lifecycle ofDefaults() {
        return timed(DevServerSettings.DEFAULT_STEP);
    }

    /** Each status lasts so long, from scheduled to ready, and from terminating to terminated. */
    public static Lifecycle timed(Duration step) {
        return new Lifecycle(Values.requirePositive(step, "step"), false);
    }

    /** A backend is ready, or terminated, as soon as it is asked for. */
    public static Lifecycle instant() {
        return new Lifecycle(Duration.ZERO, false);
    }

    /** Backends are moved by hand: scheduled until then. */
    public static Lifecycle manual() {
        return new Lifecycle(Duration.ZERO, true);
    }
}
