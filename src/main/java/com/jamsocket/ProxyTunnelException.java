package com.jamsocket;

import com.jamsocket.internal.HttpStatus;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A proxy refused the tunnel to the server (CONNECT), so that nothing was sent to the server. Check the JVM's proxy
 * settings, and with 407 the credentials for the proxy. Retryable where the status says that the refusal may pass, as
 * 502 and 503 do.
 *
 * <p>Source: RFC 9110, section 9.3.6.
 */
public final class ProxyTunnelException extends JamsocketConnectionException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int statusCode;

    /** An exception for a proxy that answered with this status; 0 if the platform does not tell it. */
    public ProxyTunnelException(String message, int statusCode, @Nullable Throwable cause) {
        super(message, cause, false, HttpStatus.isTransient(statusCode));
        this.statusCode = statusCode;
    }

    /** The HTTP status of the proxy's answer, such as 407; 0 if the platform does not tell it. */
    public int statusCode() {
        return statusCode;
    }
}
