package com.jamsocket;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The backend is ending or has ended, so that it will not become ready. */
public final class BackendEndedException extends JamsocketException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String backendId;
    private final transient @Nullable BackendState state;

    /** An exception with the state that rules out readiness. */
    public BackendEndedException(String backendId, @Nullable BackendState state) {
        super("backend " + backendId + " will not become ready: " + (state == null ? "it has ended" : state), null);
        this.backendId = backendId;
        this.state = state;
    }

    /** The backend. */
    public String backendId() {
        return backendId;
    }

    /**
     * The state that rules out readiness: terminating, hard-terminating or terminated. Null if the server has forgotten
     * the backend.
     */
    public @Nullable BackendState state() {
        return state;
    }
}
