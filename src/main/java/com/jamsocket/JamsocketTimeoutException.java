package com.jamsocket;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A wait timed out: a backend did not reach the awaited status in time. What was waited for goes on as before, and may
 * be waited for again. Its cause is why the server could not be asked when the time was over; null if it could.
 */
public class JamsocketTimeoutException extends JamsocketException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final @Nullable String backendId;
    private final transient @Nullable BackendState lastState;

    /**
     * The exception for one wait.
     *
     * @param lastState the last state that was seen, or null if there was none
     * @param cause why the server could not be asked when the time was over, or null if it could
     */
    public JamsocketTimeoutException(
            String backendId,
            BackendStatus awaited,
            Duration timeout,
            @Nullable BackendState lastState,
            @Nullable Throwable cause) {
        super(
                "backend " + backendId + " was not " + awaited.wireName() + " within " + timeout + "; last state: "
                        + (lastState == null ? "none" : lastState),
                cause);
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
