package com.jamsocket.internal.client;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;

/**
 * What others may watch of a client: following, metrics. Called on whichever thread the client happens to be on, so
 * that nothing here may block or throw. By default nothing is watched.
 */
public interface Hooks {

    /** Nobody watches. */
    Hooks NONE = new Hooks() {};

    /** A call to connect has succeeded, and its caller has not heard of it yet. */
    default void connected(ConnectRequest request, ConnectResponse response) {}
}
