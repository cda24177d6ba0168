package com.jamsocket;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The server could not be reached, did not answer in time, or the connection broke. Whether the request was carried out
 * is not known.
 */
public final class JamsocketConnectionException extends JamsocketException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** An exception with the underlying failure, if there is one. */
    public JamsocketConnectionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Always true. */
    @Override
    public boolean isRetryable() {
        return true;
    }
}
