package com.jamsocket.internal.sse;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;

/**
 * What a request was answered with.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body as far as it was read; empty for a stream
 */
public record Answer(int status, HttpHeaders headers, byte[] body) implements Handshake.Prepared {

    /** An answer of which the body was read. */
    static Answer of(ResponseInfo head, byte[] body) {
        return new Answer(head.statusCode(), head.headers(), body);
    }

    /** The answer in a response with a body. */
    static Answer of(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }
}
