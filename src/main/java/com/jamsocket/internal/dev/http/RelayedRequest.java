package com.jamsocket.internal.dev.http;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A request that is carried on to another server.
 *
 * @param address the server
 * @param request its head as the server is to see it
 * @param answered what the client is to see of the head of the answer
 * @param failed what the client gets instead, with this status, if there is no answer
 * @param ended called once, when the exchange is over: after an upgrade, when its connection is
 */
public record RelayedRequest(
        InetSocketAddress address,
        HttpRequest request,
        UnaryOperator<ResponseHead> answered,
        IntFunction<HttpReply> failed,
        Runnable ended) {

    private static final Set<String> OF_CONNECTION = Set.of("connection", "keep-alive", "proxy-connection");
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding", "host");
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    boolean isUpgrade() {
        return request.isUpgrade();
    }

    /** Whether it may be sent again if the server is found to have closed the connection. */
    boolean isRepeatable() {
        return IDEMPOTENT.contains(request.method()) && !isUpgrade();
    }

    /** The head as it is sent. */
    byte[] head() {
        StringBuilder head = new StringBuilder(request.method())
                .append(' ')
                .append(request.path())
                .append(request.query() == null ? "" : "?" + request.query())
                .append(request.chunkable() ? " HTTP/1.1" : " HTTP/1.0");
        headers()
                .forEach((name, values) -> values.forEach(
                        value -> head.append("\r\n").append(name).append(": ").append(value)));
        return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private Map<String, List<String>> headers() {
        if (OF_CONNECTION.stream().noneMatch(request.headers()::containsKey)) {
            return request.headers();
        }
        Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
        List<String> named = new ArrayList<>(OF_CONNECTION);
        headers.getOrDefault("connection", List.of()).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !isOfProxy(name))
                .forEach(named::add);
        if (isUpgrade()) {
            headers.put("connection", List.of("Upgrade"));
        } else {
            headers.keySet().removeAll(named);
        }
        return headers;
    }

    /** What frames the request, and what the proxy has put in. No client takes that away, whatever it names. */
    private static boolean isOfProxy(String name) {
        return FRAMING.contains(name) || name.startsWith("x-verified-") || name.startsWith("x-forwarded-");
    }
}
