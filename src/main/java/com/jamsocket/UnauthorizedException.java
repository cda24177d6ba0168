package com.jamsocket;

import java.io.Serial;

/** The credentials are missing, wrong, or not good for this (HTTP 401, 403 or 407). */
public final class UnauthorizedException extends JamsocketApiException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** An exception for a refusal. */
    public UnauthorizedException(String message, Details details) {
        super(message, details);
    }
}
