package com.jamsocket.cdi;

import java.util.Objects;

/**
 * The drone of a backend that is followed is being drained (Plane): it gets no backends any more, and will be taken
 * away when those that it has are over. Fired once for each backend, and not after its end; only with
 * {@code jamsocket.drone-lost-after}, by which the cluster is looked at, and where the backend's drone is known.
 *
 * <p>The backend goes on. An application may save what it has and end it, so that the next {@code connect} starts it on
 * another drone.
 *
 * <p>The record may gain components: make it with {@link #of}.
 *
 * @param backend what is known of the backend
 * @param drone the name of the drone
 */
public record BackendDraining(BackendInfo backend, String drone) {

    /** Validates that nothing is null. */
    public BackendDraining {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(drone, "drone");
    }

    /** The event of a drone that is being drained. */
    public static BackendDraining of(BackendInfo backend, String drone) {
        return new BackendDraining(backend, drone);
    }

    /** The id of the backend. */
    public String backendId() {
        return backend.backendId();
    }
}
