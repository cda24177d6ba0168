package com.jamsocket.internal.dev.cluster;

import java.io.Serial;

/** The cluster is asked for what it cannot do. */
public final class ClusterException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why, with Plane's words for it. */
    public enum Reason {
        /** There is no such backend. */
        UNKNOWN_BACKEND("Backend does not exist"),
        /** The key is held by a backend with another tag. */
        KEY_HELD("Lock is held but tag does not match."),
        /** Nobody holds the key, and no backend may be started. */
        KEY_UNHELD("Lock is unheld but no spawn config was provided."),
        /** The id for a new backend is in use. */
        ID_IN_USE("Failed to acquire lock."),
        /** The only drone is draining, or elsewhere. */
        NO_DRONE("No active drone available."),
        /** What is to be spawned is too much for the message to a drone. */
        TOO_LARGE("Internal error."),
        /** The controller breaks with it, and closes the connection. */
        BREAKS("The connection is closed.");

        private final String message;

        Reason(String message) {
            this.message = message;
        }
    }

    ClusterException(Reason reason) {
        super(reason.message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
