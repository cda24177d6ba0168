package com.jamsocket.internal.sse;

import com.jamsocket.internal.HttpStatus;
import java.net.http.HttpHeaders;
import java.util.Locale;

/** What the head of a response is to a stream. */
enum Verdict {
    /** 200 with an event stream. */
    STREAM,
    /** 204: nothing will ever come. */
    OVER,
    /** The stream may be elsewhere. */
    REDIRECT,
    /** Anything else; whether it is retried is for {@link RetryPolicy} to say. */
    REFUSED;

    static Verdict on(int status, HttpHeaders headers) {
        if (status == 200 && isEventStream(headers)) {
            return STREAM;
        }
        if (status == HttpStatus.NO_CONTENT) {
            return OVER;
        }
        return HttpStatus.isRedirect(status) ? REDIRECT : REFUSED;
    }

    /** Parameters do not matter: an event stream is UTF-8 whatever its charset claims. */
    private static boolean isEventStream(HttpHeaders headers) {
        String contentType = headers.firstValue("Content-Type").orElse("");
        String essence = contentType.split(";", 2)[0].strip();
        return essence.toLowerCase(Locale.ROOT).equals("text/event-stream");
    }
}
