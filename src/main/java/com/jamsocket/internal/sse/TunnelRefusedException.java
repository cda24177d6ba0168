package com.jamsocket.internal.sse;

import java.io.IOException;

/** A proxy did not open a tunnel to the server (RFC 9110, section 9.3.6), so that nothing was sent to it. */
public final class TunnelRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int statusCode;

    /** The refusal of a proxy that answered CONNECT with this status. */
    public TunnelRefusedException(int statusCode) {
        super("The proxy refused the tunnel to the server: it answered CONNECT with " + statusCode);
        this.statusCode = statusCode;
    }

    /** The HTTP status, such as 407. */
    public int statusCode() {
        return statusCode;
    }
}
