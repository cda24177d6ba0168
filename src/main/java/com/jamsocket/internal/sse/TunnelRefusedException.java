package com.jamsocket.internal.sse;

import com.jamsocket.internal.Causes;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A proxy did not open a tunnel to the server (RFC 9110, section 9.3.6), so that nothing was sent to it. */
public final class TunnelRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** How the JDK's client fails, unless the status is 407. */
    private static final Pattern FAILED = Pattern.compile("Tunnel failed, got: ([0-9]{3})");

    private final int statusCode;

    /** The refusal of a proxy that answered CONNECT with this status. */
    public TunnelRefusedException(int statusCode) {
        super("The proxy refused the tunnel to the server: it answered CONNECT with " + statusCode);
        this.statusCode = statusCode;
    }

    /**
     * What the JDK's client tells of a refused tunnel: with 407 it hands on the status without a body, with others it
     * fails, and has the status in the text alone. Null if it tells of none.
     */
    public static @Nullable TunnelRefusedException in(@Nullable HttpResponse<?> response, @Nullable Throwable failure) {
        if (response != null) {
            return response.body() == null ? new TunnelRefusedException(response.statusCode()) : null;
        }
        return Causes.of(failure)
                .map(TunnelRefusedException::of)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable TunnelRefusedException of(Throwable cause) {
        if (cause instanceof TunnelRefusedException known) {
            return known;
        }
        Matcher failed = FAILED.matcher(String.valueOf(cause.getMessage()));
        return failed.lookingAt() ? new TunnelRefusedException(Integer.parseInt(failed.group(1))) : null;
    }

    /** The HTTP status, such as 407. */
    public int statusCode() {
        return statusCode;
    }
}
