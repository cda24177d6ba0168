package com.jamsocket;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Something went wrong between this application and its session backends. The subclasses say what.
 *
 * <p>No message holds a token, a secret or a connection URL.
 */
public abstract class JamsocketException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    JamsocketException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether a retry of the same call may succeed, after a while, with nothing changed. It says nothing about
     * what the failed call has done: a call that starts a backend may have started one.
     */
    public boolean isRetryable() {
        return false;
    }
}
