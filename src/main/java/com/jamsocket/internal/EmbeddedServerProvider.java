package com.jamsocket.internal;

import java.net.URI;

/** Starts development servers in this JVM. The client has none in its jar and finds it as a service. */
public interface EmbeddedServerProvider {

    /** A running server with the defaults, on a free port. */
    Server start();

    /** A running server. */
    interface Server {

        /** The base address for clients of either dialect. */
        URI url();

        /** Ends it. */
        void close();
    }
}
