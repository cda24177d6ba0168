package com.jamsocket.internal;

import java.util.Set;

/** What HTTP statuses mean by themselves, before anything is known of who sent them (RFC 9110, section 15). */
public final class HttpStatus {

    /** The answer to an event stream that has nothing more to tell. */
    public static final int NO_CONTENT = 204;

    /** The answer to credentials that are missing or not valid any more. */
    public static final int UNAUTHORIZED = 401;

    /** The proxy in between wants credentials of its own (RFC 9110, section 15.5.8). */
    public static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    /** The server has waited for a whole request in vain, perhaps on a connection that nobody used. */
    public static final int REQUEST_TIMEOUT = 408;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** What servers, gateways (502, 504) and content networks (520 to 530, 598) say of trouble that may pass. */
    private static final Set<Integer> TRANSIENT = Set.of(
            REQUEST_TIMEOUT, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 528, 529, 530, 598);

    private HttpStatus() {}

    /** Whether the request succeeded. */
    public static boolean isSuccess(int status) {
        return status / 100 == 2;
    }

    /** Whether the answer may be elsewhere. */
    public static boolean isRedirect(int status) {
        return REDIRECTS.contains(status);
    }

    /** Whether the same request may be answered otherwise later. */
    public static boolean isTransient(int status) {
        return TRANSIENT.contains(status);
    }
}
