package com.jamsocket;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A drone still ran backends, or was not to be seen, when the time to wait for it was over. It goes on draining. */
public class DrainTimeoutException extends JamsocketException {

    private static final long serialVersionUID = 1L;

    private final transient ClusterState.@Nullable Drone lastSeen;

    /**
     * The exception for one wait.
     *
     * @param drone the name of the drone
     * @param timeout how long was waited
     * @param lastSeen the drone as the cluster showed it last, or null if it did not
     */
    public DrainTimeoutException(String drone, Duration timeout, ClusterState.@Nullable Drone lastSeen) {
        super(
                "drone " + drone + " was not drained within " + timeout + ": "
                        + (lastSeen == null
                                ? "it is not connected to its cluster"
                                : "it runs " + lastSeen.backendCount() + " backends"),
                null);
        this.lastSeen = lastSeen;
    }

    /** The drone as the cluster showed it last; null if it did not, or after serialization. */
    public ClusterState.@Nullable Drone lastSeen() {
        return lastSeen;
    }

    /** Always true. */
    @Override
    public boolean isRetryable() {
        return true;
    }
}
