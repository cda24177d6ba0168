package com.jamsocket;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A backend did not get where it was waited for in time. It goes on as before. */
public final class JamsocketTimeoutException extends JamsocketException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String backendId;
    private final transient @Nullable BackendState lastState;

    /** An exception with the last state that was seen, if any. */
    public JamsocketTimeoutException(
            String backendId, BackendStatus awaited, Duration timeout, @Nullable BackendState lastState) {
        super(
                "backend " + backendId + " was not " + awaited.wireName() + " within " + timeout + "; last state: "
                        + (lastState == null ? "none" : lastState),
                null);
        this.backendId = backendId;
        this.lastState = lastState;
    }

    /** The backend. */
    public String backendId() {
        return backendId;
    }

    /** The last state that was seen while waiting, or null. */
    public @Nullable BackendState lastState() {
        return lastState;
    }

    /** Always true. */
    @Override
    public boolean isRetryable() {
        return true;
    }
}
