package com.jamsocket.dev;

import com.jamsocket.internal.Values;
import com.jamsocket.internal.dev.api.EchoApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the backends of a {@link JamsocketDevServer} answer at their connection URLs. It stands for the process that a
 * real cluster would start.
 *
 * <p>Called on threads of the server, by up to 64 at once; it may block. What it throws becomes a 502. A handler cannot
 * upgrade a connection: a request for a WebSocket is refused with 501. What can is started by a {@link Launcher}.
 */
@FunctionalInterface
public interface BackendHandler {

    /**
     * Answers a request.
     *
     * @throws IOException if it cannot; the client gets a 502
     */
    Response handle(Request request) throws IOException;

    /** The handler of a server that was given none: shows the request as plain text. */
    static BackendHandler echo() {
        return request -> Response.text(
                200,
                EchoApplication.text(
                        request.backendId(),
                        request.method(),
                        request.path(),
                        request.query(),
                        request.headers(),
                        request.body()));
    }

    /**
     * A request as it reaches a backend, after the proxy: without the token in its path, and with the proxy's
     * {@code x-verified-…} and {@code x-forwarded-…} headers in the place of any that the client sent. The record may
     * gain components: make it with {@link #builder(LaunchRequest)}.
     *
     * @param backend the backend it is for, and what that was started for
     * @param method the HTTP method
     * @param path percent-encoded, beginning with a slash
     * @param query what follows the question mark, percent-encoded, or null
     * @param headers the first value of each header, by its name in lower case; each byte of it is a character, as Java
     *     servers give headers, so that text beyond ASCII is UTF-8 to be decoded
     * @param body the body; empty if there is none
     */
    record Request(
            LaunchRequest backend,
            String method,
            String path,
            @Nullable String query,
            Map<String, String> headers,
            byte[] body) {
        /** Copies the headers. */
        public Request {
            Objects.requireNonNull(backend, "backend");
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(path, "path");
            headers = Values.copy(headers);
            Objects.requireNonNull(body, "body");
        }

        /** A builder of a request for this backend. */
        public static Builder builder(LaunchRequest backend) {
            return new Builder(backend);
        }

        /** A builder with everything of this request. */
        public Builder toBuilder() {
            return builder(backend)
                    .method(method)
                    .path(path)
                    .query(query)
                    .headers(headers)
                    .body(body);
        }

        /** The id of the backend it is for. */
        public String backendId() {
            return backend.backendId();
        }

        /** Shows it without headers, body and query, which may have secrets. */
        @Override
        public String toString() {
            return "Request[backendId=" + backendId() + ", method=" + method + ", path=" + path + "]";
        }

        /**
         * Builds a {@link Request}; not safe for use by several threads at once. Defaults: {@code GET /}, without
         * headers and body.
         */
        public static final class Builder {

            private static final byte[] NO_BODY = {};

            private final LaunchRequest backend;
            private String method = "GET";
            private String path = "/";
            private @Nullable String query;
            private Map<String, String> headers = Map.of();
            private byte[] body = NO_BODY;

            private Builder(LaunchRequest backend) {
                this.backend = backend;
            }

            /** The HTTP method. */
            public Builder method(String method) {
                this.method = method;
                return this;
            }

            /** Percent-encoded, beginning with a slash. */
            public Builder path(String path) {
                this.path = path;
                return this;
            }

            /** What follows the question mark, percent-encoded, or null. */
            public Builder query(@Nullable String query) {
                this.query = query;
                return this;
            }

            /** The first value of each header, by its name in lower case. */
            public Builder headers(Map<String, String> headers) {
                this.headers = headers;
                return this;
            }

            /** The body. */
            public Builder body(byte[] body) {
                this.body = body;
                return this;
            }

            /** The request. */
            public Request build() {
                return new Request(backend, method, path, query, headers, body);
            }
        }
    }

    /**
     * The answer of a backend.
     *
     * @param status the HTTP status, from 200 to 599
     * @param headers by name, of one line each; those of the framing are the server's
     * @param body the body
     */
    record Response(int status, Map<String, String> headers, byte[] body) {
        /** Validates the status, and that each header is a single one. */
        public Response {
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("no HTTP status for an answer: " + status);
            }
            headers = Values.copy(headers);
            if ((headers.keySet() + "" + headers.values()).matches("(?s).*[\\r\\n\\x00].*")) {
                throw new IllegalArgumentException("a header has a line break: " + headers.keySet());
            }
            Objects.requireNonNull(body, "body");
        }

        /** Plain text in UTF-8. */
        public static Response text(int status, String text) {
            return new Response(
                    status, Map.of("content-type", "text/plain; charset=utf-8"), text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
