package com.jamsocket;

import java.io.Serial;

/** No backend holds the key, and the request does not allow to start one. */
public final class KeyUnheldException extends JamsocketApiException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** An exception for a refusal. */
    public KeyUnheldException(String message, Details details) {
        super(message, details);
    }
}
