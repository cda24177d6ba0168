package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import java.util.Objects;

/**
 * A backend that is followed has reached a state: what {@link BackendState} says as an event, with what this
 * application knows of the backend. Fired after it, for each state once and in order, and only where it is observed.
 *
 * <p>The record may gain components: make it with {@link #of}.
 *
 * @param backend what is known of the backend
 * @param state the state that it has reached
 * @param history whether the backend had reached this state before it was followed: such states are told again, for
 *     instance after a restart of the application. False for all states of a backend that the application's own call
 *     has just started, and for all that it reaches while it is followed.
 */
public record BackendEvent(BackendInfo backend, BackendState state, boolean history) {

    /** Validates that nothing is null. */
    public BackendEvent {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(state, "state");
    }

    /** The event of a state. */
    public static BackendEvent of(BackendInfo backend, BackendState state, boolean history) {
        return new BackendEvent(backend, state, history);
    }

    /** The id of the backend. */
    public String backendId() {
        return backend.backendId();
    }
}
