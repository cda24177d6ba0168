package com.jamsocket.dev;

import com.jamsocket.internal.dev.http.HandledRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that a {@link JamsocketDevServer} has answered.
 *
 * @param time when it was answered
 * @param method the HTTP method
 * @param path percent-encoded, beginning with a slash; at a connection URL it holds the token
 * @param query what follows the question mark, percent-encoded, or null
 * @param headers all values of each header, by its name in lower case
 * @param body the body, up to 64 KiB of it; empty if there was none, or if it went to what was launched
 * @param status the status of the answer; 0 if there was none, as with some faults
 * @param refusal the text of an answer that refuses, or null
 */
public record RecordedRequest(
        Instant time,
        String method,
        String path,
        @Nullable String query,
        Map<String, List<String>> headers,
        String body,
        int status,
        @Nullable String refusal) {

    /** Copies the headers. */
    public RecordedRequest {
        headers = Map.copyOf(headers);
    }

    static RecordedRequest of(HandledRequest handled) {
        return new RecordedRequest(
                handled.time(),
                handled.request().method(),
                handled.request().path(),
                handled.request().query(),
                handled.request().headers(),
                new String(handled.request().body(), StandardCharsets.UTF_8),
                handled.status(),
                handled.refusal());
    }

    /** Shows it without headers, body and query, which may have secrets. */
    @Override
    public String toString() {
        return method + " " + (path.length() > 40 ? path.substring(0, 20) + "…" : path) + " " + status;
    }
}
