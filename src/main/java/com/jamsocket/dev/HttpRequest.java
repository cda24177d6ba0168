package com.jamsocket.dev;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was received.
 *
 * @param path percent-encoded, beginning with a slash
 * @param query what follows the question mark, or null
 * @param headers by name in lower case
 * @param keepAlive whether another request may follow on the connection
 * @param chunkable whether the client understands a body of chunks
 */
record HttpRequest(
        String method,
        String path,
        @Nullable String query,
        Map<String, List<String>> headers,
        byte[] body,
        boolean keepAlive,
        boolean chunkable) {

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether something is asked for, be it without its body. */
    boolean isGet() {
        return method.equals("GET") || isHead();
    }

    /** The first header of that name, given in lower case, or null. */
    @Nullable
    String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }
}
