package com.jamsocket.internal.dev.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was received.
 *
 * @param method the method
 * @param path percent-encoded, beginning with a slash
 * @param query what follows the question mark, or null
 * @param headers by name in lower case
 * @param body the body; empty if there is none
 * @param keepAlive whether another request may follow on the connection
 * @param chunkable whether the client understands a body of chunks
 */
public record HttpRequest(
        String method,
        String path,
        @Nullable String query,
        Map<String, List<String>> headers,
        byte[] body,
        boolean keepAlive,
        boolean chunkable) {

    /** The same with so much of its body at most. */
    public HttpRequest withBodyUpTo(int length) {
        return body.length <= length
                ? this
                : new HttpRequest(method, path, query, headers, Arrays.copyOf(body, length), keepAlive, chunkable);
    }

    /** Whether only the head of the answer is asked for. */
    public boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether something is asked for, be it without its body. */
    public boolean isGet() {
        return method.equals("GET") || isHead();
    }

    /** Whether the client asks for another protocol on this connection (RFC 9110, section 7.8). */
    public boolean isUpgrade() {
        return chunkable
                && headers.containsKey("upgrade")
                && String.join(",", headers.getOrDefault("connection", List.of()))
                        .toLowerCase(Locale.ROOT)
                        .contains("upgrade");
    }

    /** The first header of that name, given in lower case, or null. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    /** The first value of each header, by its name in lower case. */
    public Map<String, String> firstHeaders() {
        Map<String, String> first = new LinkedHashMap<>();
        headers.forEach((name, values) -> first.put(name, values.get(0)));
        return first;
    }
}
