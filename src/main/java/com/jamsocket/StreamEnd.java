package com.jamsocket;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a status stream ended. Every stream that was opened ends exactly once, in one of these ways: with the backend
 * ({@link Terminated}, {@link Forgotten}, {@link DroneLost}), or before it ({@link Closed}, {@link Failed}).
 *
 * <p>No further variants will be added in this major version. The records may gain components: match them by type, and
 * make them with the factory methods here.
 */
public sealed interface StreamEnd {

    /** The end of the stream of a backend that has terminated. */
    static Terminated terminated(BackendState.Terminated state) {
        return new Terminated(state);
    }

    /** The end of the stream of a backend that its server has forgotten. */
    static Forgotten forgotten(@Nullable BackendState lastState) {
        return new Forgotten(lastState);
    }

    /** The end of the stream of a backend whose drone is gone. */
    static DroneLost droneLost(String drone, @Nullable BackendState lastState) {
        return new DroneLost(drone, lastState);
    }

    /** The end of a stream that was closed. */
    static Closed closed() {
        return new Closed();
    }

    /** The end of a stream that failed. */
    static Failed failed(JamsocketException cause) {
        return new Failed(cause);
    }

    /**
     * The backend has terminated.
     *
     * @param state its last state, already delivered
     */
    record Terminated(BackendState.Terminated state) implements StreamEnd {
        /** Validates that the state is not null. */
        public Terminated {
            Objects.requireNonNull(state, "state");
        }
    }

    /**
     * The server does not know the backend any more, so that nobody can tell how it ended. Development servers forget
     * ended backends after a while.
     *
     * @param lastState the last state that was seen, or null
     */
    record Forgotten(@Nullable BackendState lastState) implements StreamEnd {}

    /**
     * The drone that ran the backend is gone from its cluster (Plane), so that nobody will tell the backend's end. Told
     * by what follows backends in a container, with {@code jamsocket.drone-lost-after}; a stream by itself, and a wait,
     * know nothing of drones.
     *
     * @param drone the name of the drone
     * @param lastState the last state that was seen, or null
     */
    record DroneLost(String drone, @Nullable BackendState lastState) implements StreamEnd {
        /** Validates that the drone is not null. */
        public DroneLost {
            Objects.requireNonNull(drone, "drone");
        }
    }

    /** The subscription, the client or the container was closed. */
    record Closed() implements StreamEnd {}

    /**
     * The stream cannot go on: it was refused, or a limit was reached.
     *
     * @param cause why
     */
    record Failed(JamsocketException cause) implements StreamEnd {
        /** Validates that the cause is not null. */
        public Failed {
            Objects.requireNonNull(cause, "cause");
        }
    }
}
