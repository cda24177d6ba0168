package com.jamsocket.internal.sse;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/**
 * What a handshake was answered with.
 *
 * @param body the start of the body as text; empty for a stream
 */
record Answer(int status, HttpHeaders headers, String body) implements Handshake.Prepared {

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }
}
