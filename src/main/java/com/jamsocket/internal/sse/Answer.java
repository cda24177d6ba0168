package com.jamsocket.internal.sse;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/**
 * What a request was answered with.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the first 64 KiB of the body as text; empty for a stream
 */
public record Answer(int status, HttpHeaders headers, String body) implements Handshake.Prepared {

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }
}
