package com.jamsocket;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A wait timed out: a backend did not reach the awaited status in time. What was waited for goes on as before, and may
 * be waited for again.
 */
public class JamsocketTimeoutException extends JamsocketException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final @Nullable String backendId;
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

    JamsocketTimeoutException(String message) {
        super(message, null);
        this.backendId = null;
        this.lastState = null;
    }

    /** The backend; null if it was not a backend that was waited for, as in {@link DrainTimeoutException}. */
    public @Nullable String backendId() {
        return backendId;
    }

    /** The last state that was seen while waiting; null if there was none, or after serialization. */
    public @Nullable BackendState lastState() {
        return lastState;
    }

    /** Always true. */
    @Override
    public boolean isRetryable() {
        return true;
    }
}
