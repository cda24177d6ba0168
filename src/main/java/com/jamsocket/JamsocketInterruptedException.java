package com.jamsocket;

import java.io.Serial;

/**
 * The thread was interrupted while it waited for a server, a backend or the next retry. Its interrupt flag is set
 * again. What was waited for is given up; a request that had been sent may still be carried out.
 */
public final class JamsocketInterruptedException extends JamsocketException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** An exception that says what was waited for. */
    public JamsocketInterruptedException(String message) {
        super(message, null);
    }
}
