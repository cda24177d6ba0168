package com.jamsocket.internal.rest;

import com.jamsocket.BackendState;
import java.util.concurrent.CompletionStage;

/**
 * The connection to one browser. Sends come one at a time, each after the stage of the one before; they may block, and
 * may throw when the browser has left.
 */
public interface Connection {

    /** Sends a state. */
    CompletionStage<?> send(BackendState state);

    /** Sends what browsers pass over, so that proxies do not take the connection for dead. */
    CompletionStage<?> sendKeepalive();

    /** Tells a browser that has heard the end of the stream not to come again for it. */
    CompletionStage<?> sendAway();

    /** Whether it is known that the browser has left. */
    boolean isClosed();

    /** Closes the connection, if it is not. May come while a send is pending. Does not throw. */
    void close();
}
