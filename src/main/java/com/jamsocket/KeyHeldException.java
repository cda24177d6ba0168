package com.jamsocket;

import java.io.Serial;

/** The key is held by a backend with another key tag. It becomes free when that backend ends. */
public final class KeyHeldException extends JamsocketApiException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** An exception for a refusal. */
    public KeyHeldException(String message, Details details) {
        super(message, details);
    }
}
