package com.jamsocket.simulation;

/** Somebody who uses the client in a run, and judges in the end what came of it. */
interface User {

    void begin();

    /** Whether nothing more is to come. */
    boolean isDone();

    /** The client has been closed. */
    default void clientClosed() {}

    void judge();
}
