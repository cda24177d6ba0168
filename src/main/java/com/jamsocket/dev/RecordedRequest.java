package com.jamsocket.dev;

import com.jamsocket.internal.dev.http.HandledRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that a {@link JamsocketDevServer} has answered.
 *
 * <p>The record may gain components: make it with {@link #builder(Instant, String, String)}.
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
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    /** A builder of a request that was answered at this time. */
    public static Builder builder(Instant time, String method, String path) {
        return new Builder(time, method, path);
    }

    /** A builder with everything of this request. */
    public Builder toBuilder() {
        return builder(time, method, path)
                .query(query)
                .headers(headers)
                .body(body)
                .status(status)
                .refusal(refusal);
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

    /**
     * Builds a {@link RecordedRequest}; not safe for use by several threads at once. Defaults: no query, no headers, no
     * body, and an answer with the status 200.
     */
    public static final class Builder {

        private final Instant time;
        private final String method;
        private final String path;
        private @Nullable String query;
        private Map<String, List<String>> headers = Map.of();
        private String body = "";
        private int status = 200;
        private @Nullable String refusal;

        private Builder(Instant time, String method, String path) {
            this.time = time;
            this.method = method;
            this.path = path;
        }

        /** What follows the question mark, percent-encoded, or null. */
        public Builder query(@Nullable String query) {
            this.query = query;
            return this;
        }

        /** All values of each header, by its name in lower case. */
        public Builder headers(Map<String, List<String>> headers) {
            this.headers = headers;
            return this;
        }

        /** The body. */
        public Builder body(String body) {
            this.body = body;
            return this;
        }

        /** The status of the answer; 0 if there was none. */
        public Builder status(int status) {
            this.status = status;
            return this;
        }

        /** The text of an answer that refuses, or null. */
        public Builder refusal(@Nullable String refusal) {
            this.refusal = refusal;
            return this;
        }

        /** The request. */
        public RecordedRequest build() {
            return new RecordedRequest(time, method, path, query, headers, body, status, refusal);
        }
    }
}
