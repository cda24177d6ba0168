package com.jamsocket;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a status stream ended. Every stream that was opened ends exactly once, in one of these ways.
 */
public sealed interface StreamEnd {

    /**
     * The backend has ended.
     *
     * @param state its last state, already delivered; null if the server has forgotten the backend, so that nobody can
     *     tell it
     */
    record Terminated(BackendState.@Nullable Terminated state) implements StreamEnd {}

    /** The subscription, the client or the container was closed. */
    record Closed() implements StreamEnd {}

    /**
     * The stream cannot go on: it was refused, or a limit was reached.
     *
     * @param cause why
     */
    record Failed(JamsocketException cause) implements StreamEnd {
        /** Refuses a missing cause. */
        public Failed {
            Objects.requireNonNull(cause, "cause");
        }
    }
}
