package com.jamsocket;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A drone was not drained in time: it still ran backends, or was not to be seen. It goes on draining. */
public final class DrainTimeoutException extends JamsocketTimeoutException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String drone;
    private final transient ClusterState.@Nullable Drone lastSeen;

    /**
     * The exception for one wait.
     *
     * @param drone the name of the drone
     * @param timeout how long was waited
     * @param lastSeen the drone as the cluster showed it last, or null if it did not
     */
    public DrainTimeoutException(String drone, Duration timeout, ClusterState.@Nullable Drone lastSeen) {
        super("drone " + drone + " was not drained within " + timeout + ": "
                + (lastSeen == null
                        ? "its cluster did not show it"
                        : "it runs " + lastSeen.backendCount() + " backends"));
        this.drone = drone;
        this.lastSeen = lastSeen;
    }

    /** The name of the drone. */
    public String drone() {
        return drone;
    }

    /** The drone as the cluster showed it last; null if it did not, or after serialization. */
    public ClusterState.@Nullable Drone lastSeen() {
        return lastSeen;
    }
}
