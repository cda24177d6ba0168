package com.jamsocket.cdi;

import java.time.Instant;
import java.util.Objects;

/**
 * A backend that is followed will soon be ended by its server, for it reaches the lifetime limit with which this
 * application started it. Fired once, {@code jamsocket.expiry-notice} (1 minute) ahead, or at once if there is not so
 * much time left, and not after the end. Servers look at limits every few seconds, so that the end may come a little
 * later than announced.
 *
 * <p>The record may gain components: make it with {@link #of}.
 *
 * @param backend what is known of the backend
 * @param time when it reaches the limit, by the clock of this JVM
 */
public record BackendExpiring(BackendInfo backend, Instant time) {

    /** Validates that nothing is null. */
    public BackendExpiring {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(time, "time");
    }

    /** The event of a limit that is near. */
    public static BackendExpiring of(BackendInfo backend, Instant time) {
        return new BackendExpiring(backend, time);
    }

    /** The id of the backend. */
    public String backendId() {
        return backend.backendId();
    }
}
