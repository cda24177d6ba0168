package com.jamsocket.internal.dev.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An answer with its whole body.
 *
 * @param status the status code
 * @param headers by name; without those of the framing
 * @param body the body
 */
public record HttpReply(int status, Map<String, String> headers, byte[] body) {

    static final byte[] NONE = {};

    /** Without a body. */
    public static HttpReply empty(int status) {
        return new HttpReply(status, Map.of(), NONE);
    }

    /** Plain text in UTF-8. */
    public static HttpReply text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text);
    }

    /** JSON. */
    public static HttpReply json(int status, String json) {
        return of(status, "application/json", json);
    }

    /** Text of this type in UTF-8. */
    public static HttpReply of(int status, String contentType, String text) {
        return new HttpReply(status, Map.of("content-type", contentType), text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with one more header, unless there is one of that name already. */
    public HttpReply withDefault(String name, String value) {
        if (headers.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpReply(status, more, body);
    }

    /** The same with these headers, unless there are some of their names already. */
    public HttpReply with(Map<String, String> more) {
        HttpReply reply = this;
        for (Map.Entry<String, String> header : more.entrySet()) {
            reply = reply.withDefault(header.getKey(), header.getValue());
        }
        return reply;
    }

    /** Some statuses mean that there is no body, whatever was given. */
    boolean hasBody() {
        return status != 204 && status != 304;
    }

    /** The head as it is sent, with the line that ends it. */
    byte[] head(boolean last) {
        String length = hasBody() ? "Content-Length: " + body.length + "\r\n" : "";
        return head(status, headers, length + (last ? "Connection: close\r\n" : ""));
    }

    /** A head as it is sent, with the line that ends it. */
    static byte[] head(int status, Map<String, String> headers, String framing) {
        StringBuilder head =
                new StringBuilder("HTTP/1.1 ").append(status).append(' ').append(reason(status));
        headers.forEach((name, value) -> {
            // Whatever it is made of, it is one line.
            if (!isFraming(name) && value.chars().noneMatch(c -> c == '\r' || c == '\n' || c == '\0')) {
                head.append("\r\n").append(name).append(": ").append(value);
            }
        });
        return head.append("\r\n").append(framing).append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isFraming(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "content-length", "transfer-encoding", "connection" -> true;
            default -> false;
        };
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Status";
        };
    }
}
