package com.jamsocket.internal.http;

import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.internal.RetryAfter;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered.
 *
 * @param status the HTTP status
 * @param retryAfter the header Retry-After, or null
 * @param body the body, of which at most a byte over {@link RestCaller#MAX_BODY} was read
 */
public record Answer(int status, @Nullable String retryAfter, byte[] body) {

    static Answer read(Response response) throws IOException {
        return new Answer(
                response.getStatus(), response.getHeaderString(HttpHeaders.RETRY_AFTER), limitedBody(response));
    }

    private static byte[] limitedBody(Response response) throws IOException {
        if (!response.hasEntity()) {
            return new byte[0];
        }
        try (InputStream body = response.readEntity(InputStream.class)) {
            return body.readNBytes(RestCaller.MAX_BODY + 1);
        }
    }

    /**
     * The body of an answer with a status of 2xx.
     *
     * @throws com.jamsocket.JamsocketApiException for any other status
     * @throws JamsocketProtocolException if the body is too long
     */
    public byte[] bodyOrThrow(Call call) {
        if (status < 200 || status > 299) {
            throw Refusal.of(call, status, RetryAfter.parse(retryAfter, Instant.now()), body);
        }
        if (body.length > RestCaller.MAX_BODY) {
            throw new JamsocketProtocolException(
                    "the answer to " + call + " is longer than " + RestCaller.MAX_BODY + " bytes", null);
        }
        return body;
    }
}
