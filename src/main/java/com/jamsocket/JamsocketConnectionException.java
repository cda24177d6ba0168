package com.jamsocket;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The server could not be reached, did not answer in time, TLS failed, or the connection broke. */
public class JamsocketConnectionException extends JamsocketException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean mayHaveBeenSent;
    private final boolean retryable;

    /** A retryable exception with the underlying failure, if there is one. */
    public JamsocketConnectionException(String message, @Nullable Throwable cause, boolean mayHaveBeenSent) {
        this(message, cause, mayHaveBeenSent, true);
    }

    /** An exception with the underlying failure, if there is one. */
    public JamsocketConnectionException(
            String message, @Nullable Throwable cause, boolean mayHaveBeenSent, boolean retryable) {
        super(message, cause);
        this.mayHaveBeenSent = mayHaveBeenSent;
        this.retryable = retryable;
    }

    /**
     * Whether the request may have reached the server, so that it may have been carried out. False only if no
     * connection was made.
     */
    public final boolean mayHaveBeenSent() {
        return mayHaveBeenSent;
    }

    /** True, but for what needs a hand: a certificate that is not trusted, a proxy that refuses. */
    @Override
    public final boolean isRetryable() {
        return retryable;
    }
}
