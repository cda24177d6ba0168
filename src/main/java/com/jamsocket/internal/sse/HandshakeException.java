package com.jamsocket.internal.sse;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The server answered a handshake with something else than an event stream. The message names the status and the
 * content type only; headers and body are there to be read, and may hold what no log should. They are not serialized.
 */
public final class HandshakeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable BufferedResponse answer;
    private final int statusCode;

    HandshakeException(String problem, BufferedResponse answer) {
        super("%s (HTTP %d, %s)".formatted(problem, answer.status(), contentType(answer)));
        this.statusCode = answer.status();
        this.answer = answer;
    }

    private static String contentType(BufferedResponse answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("no content type");
        return type.length() > 100 ? type.substring(0, 100) + "…" : type;
    }

    /** Where it redirects to and why that is not followed; empty if it is no redirect. */
    public String redirectProblem() {
        return answer == null ? "" : answer.redirectProblem();
    }

    /** The HTTP status code. */
    public int statusCode() {
        return statusCode;
    }

    /** The first value of a header, or null. */
    public @Nullable String header(String name) {
        return answer == null ? null : answer.header(name);
    }

    /** The first 64 KiB of the body; empty if there was none. */
    public byte[] body() {
        return answer == null ? new byte[0] : answer.body();
    }
}
