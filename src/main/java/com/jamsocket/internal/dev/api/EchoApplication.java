package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The application of a server that was given none: shows the request as plain text. */
public final class EchoApplication implements BackendApplication {

    @Override
    public HttpReply answer(Backend backend, HttpRequest request) {
        String text = text(
                backend.id(),
                request.method(),
                request.path(),
                request.query(),
                request.firstHeaders(),
                request.body());
        return HttpReply.text(200, text);
    }

    /** What it shows. */
    public static String text(
            String backendId,
            String method,
            String path,
            @Nullable String query,
            Map<String, String> headers,
            byte[] body) {
        return "backend " + backendId + "\n" + method + " " + path + (query == null ? "" : "?" + query) + "\n"
                + headers.entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue() + "\n")
                        .collect(Collectors.joining())
                + new String(body, StandardCharsets.UTF_8);
    }
}
