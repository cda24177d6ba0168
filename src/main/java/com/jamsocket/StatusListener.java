package com.jamsocket;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Receives the states of one backend.
 *
 * <p>The methods are called one at a time, in order, on a thread of the client's executor. They may block, at the cost
 * of that thread. What they throw is logged and changes nothing for the stream.
 */
@FunctionalInterface
public interface StatusListener {

    /**
     * The backend has reached a state. Each status comes once, in the order of a backend's life, those from before the
     * subscription included. Not called any more once {@link StatusSubscription#close()} has returned, save for a call
     * that had already begun.
     */
    void onState(BackendState state);

    /**
     * The connection was lost, and the stream reconnects after a delay. No state is lost by this. Of several losses
     * that wait for this listener only the last is told.
     *
     * @param attempt 1 for the first attempt since the last new state or connection that stood, then 2, and so on
     * @param delay the time until that attempt
     * @param cause what went wrong, a {@link JamsocketException}; null if the server simply ended the stream
     */
    default void onReconnecting(int attempt, Duration delay, @Nullable Throwable cause) {}

    /** The stream has ended. Called exactly once, after everything else. */
    default void onEnd(StreamEnd end) {}
}
