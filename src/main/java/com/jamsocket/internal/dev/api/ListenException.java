package com.jamsocket.internal.dev.api;

import java.io.IOException;
import java.io.Serial;

/** A server cannot listen where it should. */
public final class ListenException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int port;

    ListenException(String host, int port, IOException cause) {
        super("port " + port + (host.isEmpty() ? "" : " of " + host), cause);
        this.port = port;
    }

    /** The port that it wanted. */
    public int port() {
        return port;
    }
}
