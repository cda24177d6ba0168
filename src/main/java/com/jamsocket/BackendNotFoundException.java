package com.jamsocket;

import java.io.Serial;

/** The server knows no such backend. Servers forget ended backends, some at once, some after days. */
public final class BackendNotFoundException extends JamsocketApiException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** An exception for a refusal. */
    public BackendNotFoundException(String message, Details details) {
        super(message, details);
    }
}
