package com.jamsocket;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The server answered with something that is not understood: no JSON, JSON of another shape, too much of it, or a
 * stream that is no event stream. Mostly the address is that of another server. The message shows the beginning of the
 * answer, without secrets.
 */
public final class JamsocketProtocolException extends JamsocketException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /** An exception with the underlying failure, if there is one. */
    public JamsocketProtocolException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    /** The same; retryable if what was answered is not the server's own. */
    public JamsocketProtocolException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** True for a page of HTML only: it comes from what stands before the server, as during a deployment. */
    @Override
    public boolean isRetryable() {
        return retryable;
    }
}
