package com.jamsocket.internal.sse;

import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;

/**
 * What the head of a response means for a stream. Healing is a matter of the status: what the client got wrong stays
 * wrong, what the server or the way to it suffers from may pass.
 */
enum Verdict {
    /** 200 with an event stream. */
    STREAM,
    /** 204: nothing will ever come. */
    OVER,
    /** The stream may be elsewhere. */
    REDIRECT,
    /** Worth another attempt later. */
    RETRY,
    /** Not worth another attempt. */
    REFUSED;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> PASSING = Set.of(408, 429);

    static Verdict on(int status, HttpHeaders headers) {
        if (status == 200) {
            return isEventStream(headers) ? STREAM : REFUSED;
        }
        if (status == 204) {
            return OVER;
        }
        if (REDIRECTS.contains(status)) {
            return REDIRECT;
        }
        return PASSING.contains(status) || status >= 500 ? RETRY : REFUSED;
    }

    /** Parameters do not matter: an event stream is UTF-8 whatever its charset claims. */
    private static boolean isEventStream(HttpHeaders headers) {
        String contentType = headers.firstValue("Content-Type").orElse("");
        String essence = contentType.split(";", 2)[0].strip();
        return essence.toLowerCase(Locale.ROOT).equals("text/event-stream");
    }
}
