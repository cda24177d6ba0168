package com.jamsocket.dev;

/** An open event stream. */
interface EventSink {

    /** Sends a whole block, with the line that ends it. */
    void send(String block);
}
