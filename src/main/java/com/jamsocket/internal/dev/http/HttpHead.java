package com.jamsocket.internal.dev.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request: request line and headers (RFC 9112, sections 2 to 6).
 *
 * @param target percent-encoded, beginning with a slash, with the query
 * @param headers by name in lower case
 */
record HttpHead(String method, String target, boolean version11, Map<String, List<String>> headers) {

    /** Reads the lines up to, and without, the empty one. */
    static HttpHead parse(String text) throws RejectedRequestException {
        if (text.indexOf('\0') >= 0 || hasBareCr(text)) {
            throw new RejectedRequestException(400, "a NUL, or a CR without LF, in the head");
        }
        List<String> lines = HeadLines.of(text.stripTrailing());
        String[] first = lines.get(0).split(" ", -1);
        if (first.length != 3 || !isName(first[0]) || !HeadLines.isVersion(first[2])) {
            throw new RejectedRequestException(400, "not a request line of HTTP/1.1");
        }
        boolean version11 = !first[2].equals("HTTP/1.0");
        Map<String, List<String>> headers = headers(lines);
        int hosts = headers.getOrDefault("host", List.of()).size();
        if (hosts > 1 || (hosts == 0 && version11)) {
            throw new RejectedRequestException(400, "not exactly one Host");
        }
        if (headers.containsKey("transfer-encoding") && !version11) {
            throw new RejectedRequestException(400, "Transfer-Encoding is not for HTTP/1.0");
        }
        return new HttpHead(first[0], originForm(first[1]), version11, headers);
    }

    private static boolean hasBareCr(String text) {
        for (int cr = text.indexOf('\r'); cr >= 0; cr = text.indexOf('\r', cr + 1)) {
            if (!text.startsWith("\n", cr + 1)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, List<String>> headers(List<String> lines) throws RejectedRequestException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon);
            if (!isName(name)) {
                throw new RejectedRequestException(400, "not a header: line " + (i + 1));
            }
            headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>(1))
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(HttpHead::isNameCharacter);
    }

    static boolean isNameCharacter(int c) {
        return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }

    /** A client may name the whole address, as it would to a proxy. */
    private static String originForm(String target) throws RejectedRequestException {
        String lower = target.toLowerCase(Locale.ROOT);
        int authority = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
        if (authority > 0) {
            int slash = target.indexOf('/', authority);
            return slash < 0 ? "/" : target.substring(slash);
        }
        if (!target.startsWith("/") && !target.equals("*")) {
            throw new RejectedRequestException(400, "not a request target");
        }
        return target;
    }

    /** The declared length of the body: 0 if none is declared, -1 if it comes in chunks. */
    long bodyLength() throws RejectedRequestException {
        List<String> lengths = headers.getOrDefault("content-length", List.of());
        if (headers.containsKey("transfer-encoding")) {
            return chunked(lengths);
        }
        if (lengths.isEmpty()) {
            return 0;
        }
        if (lengths.stream().distinct().count() > 1 || !lengths.get(0).matches("[0-9]{1,18}")) {
            throw new RejectedRequestException(400, "not a Content-Length");
        }
        return Long.parseLong(lengths.get(0));
    }

    private long chunked(List<String> lengths) throws RejectedRequestException {
        if (!lengths.isEmpty()) {
            // Two lengths for one body are how requests are smuggled.
            throw new RejectedRequestException(400, "both Content-Length and Transfer-Encoding");
        }
        if (!String.join(",", headers.getOrDefault("transfer-encoding", List.of()))
                .equalsIgnoreCase("chunked")) {
            throw new RejectedRequestException(501, "no other Transfer-Encoding than chunked");
        }
        return -1;
    }

    boolean expectsContinue() {
        return version11
                && headers.getOrDefault("expect", List.of()).stream().anyMatch("100-continue"::equalsIgnoreCase);
    }

    /** The request that this head and a body make. */
    HttpRequest with(byte[] body) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        @Nullable String query = question < 0 ? null : target.substring(question + 1);
        return new HttpRequest(method, path, query, headers, body, keepAlive(), version11);
    }

    private boolean keepAlive() {
        List<String> values = headers.get("connection");
        if (values == null) {
            return version11;
        }
        String connection = String.join(",", values);
        return version11 && Stream.of(connection.split(",")).map(String::strip).noneMatch("close"::equalsIgnoreCase);
    }
}
