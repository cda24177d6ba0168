package com.jamsocket.internal.sse;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a connection ended, and so whether another may follow. */
sealed interface Outcome {

    /**
     * Something that may pass.
     *
     * @param cause what happened; null if the server ended the stream in good order
     * @param retryAfter the least delay before the next connection, zero if the server asked for none
     */
    record Lost(@Nullable Throwable cause, Duration retryAfter) implements Outcome {
        Lost(@Nullable Throwable cause) {
            this(cause, Duration.ZERO);
        }
    }

    /** Something that stays as it is. */
    record Refused(Throwable cause) implements Outcome {}

    /** The server says that nothing will come any more. */
    record Over() implements Outcome {}
}
