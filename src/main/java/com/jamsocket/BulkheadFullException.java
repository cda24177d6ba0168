package com.jamsocket;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The server does not answer, and as many threads as may wait for it are waiting already: see
 * {@link Jamsocket.Builder#maxWaitingCalls(int)}. Thrown at once, so that an outage of the server does not hold the
 * threads of an application. The cause is what failed last. Nothing was sent by a call that was refused when it began.
 */
public final class BulkheadFullException extends JamsocketConnectionException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** An exception with what failed last, if anything has. */
    public BulkheadFullException(String message, @Nullable Throwable cause, boolean mayHaveBeenSent) {
        super(message, cause, mayHaveBeenSent);
    }
}
