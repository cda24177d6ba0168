package com.jamsocket.internal.dev.api;

import static java.util.Locale.ROOT;

import com.jamsocket.internal.dev.cluster.Token;
import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.HttpRequest;
import com.jamsocket.internal.dev.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the proxy writes into requests and answers, as Plane's does. */
final class ProxyHeaders {

    private static final String BACKEND_ID = "x-plane-backend-id";

    /** For pages from everywhere. The word for all headers does not mean this one. */
    private static final Map<String, String> CORS = Map.of(
            "access-control-allow-origin", "*",
            "access-control-allow-methods", "*",
            "access-control-allow-headers", "*, Authorization");

    private ProxyHeaders() {}

    /** The request as it reaches the backend: the path of a dynamic token without it. */
    static HttpRequest forwarded(HttpRequest request, Token token, String clientAddress) {
        Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
        headers.keySet().removeIf(name -> name.startsWith("x-verified-") || name.startsWith("x-forwarded-"));
        addUtf8(headers, "x-verified-username", token.user());
        addUtf8(headers, "x-verified-user-data", token.isStatic() ? null : token.auth());
        headers.put("x-verified-secret", List.of(token.secret() == null ? "" : token.secret()));
        headers.put("x-verified-path", List.of(request.path()));
        headers.put("x-verified-backend", List.of(token.backend().id()));
        headers.put("x-forwarded-for", List.of(clientAddress));
        headers.put("x-forwarded-proto", List.of("http"));
        return new HttpRequest(
                request.method(),
                token.isStatic() ? request.path() : withoutToken(request.path()),
                request.query(),
                headers,
                request.body(),
                request.keepAlive(),
                request.chunkable());
    }

    private static String withoutToken(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? "/" : path.substring(end);
    }

    /** Text goes as raw UTF-8, which here is written byte by byte; what no header can hold is left out. */
    private static void addUtf8(Map<String, List<String>> headers, String name, @Nullable String value) {
        if (value != null && value.chars().noneMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            headers.put(name, List.of(new String(utf8, StandardCharsets.ISO_8859_1)));
        }
    }

    /** An answer of the proxy itself. */
    static HttpReply ofProxy(HttpReply reply) {
        boolean own = reply.headers().keySet().stream().anyMatch(name -> CORS.containsKey(name.toLowerCase(ROOT)));
        HttpReply open = reply;
        if (!own) {
            for (Map.Entry<String, String> header : CORS.entrySet()) {
                open = open.withDefault(header.getKey(), header.getValue());
            }
        }
        return open;
    }

    /** An answer of a backend. */
    static HttpReply ofBackend(HttpReply reply, String backendId) {
        return ofProxy(reply).withDefault(BACKEND_ID, backendId);
    }

    /** An answer of a backend. With any CORS header of its own it has said all. */
    static ResponseHead ofBackend(ResponseHead head, String backendId) {
        Map<String, String> added = new LinkedHashMap<>();
        added.put(BACKEND_ID, backendId);
        if (CORS.keySet().stream().noneMatch(head::has)) {
            added.putAll(CORS);
        }
        return head.with(added);
    }
}
