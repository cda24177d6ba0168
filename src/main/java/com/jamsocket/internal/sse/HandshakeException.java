package com.jamsocket.internal.sse;

import java.io.IOException;
import java.net.http.HttpHeaders;

/**
 * The server answered a handshake with something else than an event stream. The message names the status and the
 * content type only; headers and body are there to be read, and may hold what no log should.
 */
public final class HandshakeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int statusCode;
    private final transient HttpHeaders headers;
    private final String body;

    HandshakeException(String problem, Answer answer) {
        super("%s (HTTP %d, %s)".formatted(problem, answer.status(), contentType(answer)));
        this.statusCode = answer.status();
        this.headers = answer.headers();
        this.body = answer.body();
    }

    private static String contentType(Answer answer) {
        return answer.headers().firstValue("Content-Type").orElse("no content type");
    }

    /** The HTTP status code. */
    public int statusCode() {
        return statusCode;
    }

    /** The headers of the response. */
    public HttpHeaders headers() {
        return headers;
    }

    /** The first 64 KiB of the body, decoded as UTF-8; empty if there was none. */
    public String body() {
        return body;
    }
}
