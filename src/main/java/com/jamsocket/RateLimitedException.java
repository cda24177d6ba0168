package com.jamsocket;

import java.io.Serial;

/** Too many backends in a short time, or too many at once (HTTP 429). */
public final class RateLimitedException extends JamsocketApiException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** An exception for a refusal. */
    public RateLimitedException(String message, Details details) {
        super(message, details);
    }
}
