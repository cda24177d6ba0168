package com.jamsocket;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The server could not be reached, did not answer in time, or the connection broke. */
public final class JamsocketConnectionException extends JamsocketException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean mayHaveBeenSent;

    /** An exception with the underlying failure, if there is one. */
    public JamsocketConnectionException(String message, @Nullable Throwable cause, boolean mayHaveBeenSent) {
        super(message, cause);
        this.mayHaveBeenSent = mayHaveBeenSent;
    }

    /**
     * Whether the request may have reached the server, so that it may have been carried out. False only if no connection
     * was made.
     */
    public boolean mayHaveBeenSent() {
        return mayHaveBeenSent;
    }

    /** Always true. */
    @Override
    public boolean isRetryable() {
        return true;
    }
}
