package com.jamsocket.internal.sse;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears that a source has lost its connection and will open another. Called serially with the events. */
@FunctionalInterface
public interface ReconnectListener {

    /**
     * A reconnection is due.
     *
     * @param attempt which attempt in a row without progress, from 1
     * @param delay how long the source waits before it
     * @param cause why the connection was lost; null if the server ended it in good order
     */
    void onReconnecting(int attempt, Duration delay, @Nullable Throwable cause);
}
