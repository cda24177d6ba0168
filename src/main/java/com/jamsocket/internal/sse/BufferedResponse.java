package com.jamsocket.internal.sse;

import com.jamsocket.internal.Redirect;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a request was answered with.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body as far as it was read; empty for a stream
 * @param redirectProblem where it redirects to and why that is not followed; empty if it is no redirect
 */
public record BufferedResponse(int status, HttpHeaders headers, byte[] body, String redirectProblem)
        implements Handshake.Prepared {

    /** An answer that redirects nowhere, as far as it is known. */
    BufferedResponse(int status, HttpHeaders headers, byte[] body) {
        this(status, headers, body, "");
    }

    /** The same, with a redirect that is not followed. */
    BufferedResponse notFollowed(Redirect redirect) {
        return new BufferedResponse(status, headers, body, redirect.problem());
    }

    /** The first value of a header, or null. */
    public @Nullable String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    /** An answer of which the body was read. */
    static BufferedResponse of(ResponseInfo head, byte[] body) {
        return new BufferedResponse(head.statusCode(), head.headers(), body);
    }

    /** The answer in a response with a body. */
    static BufferedResponse of(HttpResponse<byte[]> response) {
        return new BufferedResponse(response.statusCode(), response.headers(), response.body());
    }
}
