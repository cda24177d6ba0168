package com.jamsocket.internal.dev.http;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The head of an answer as a server sent it: status line and headers, with all values and in their order.
 *
 * @param status the status code
 * @param reason the text after it, which may be empty
 * @param version11 whether the server speaks HTTP/1.1, so that its connection may be used again
 * @param headers names as they were sent, and values
 */
public record ResponseHead(int status, String reason, boolean version11, List<Map.Entry<String, String>> headers) {

    /** Headers of one connection, which are not of the next (RFC 9110, section 7.6.1). */
    private static final List<String> OF_CONNECTION = List.of("connection", "keep-alive", "proxy-connection");

    /** Reads the lines up to, and without, the empty one. */
    static ResponseHead parse(String text) throws ProtocolException {
        List<String> lines = HeadLines.of(text);
        String first = lines.get(0);
        if (!isStatusLine(first)) {
            throw new ProtocolException("not a status line of HTTP/1");
        }
        List<Map.Entry<String, String>> headers = new ArrayList<>(lines.size());
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            int colon = line.indexOf(':');
            if (colon <= 0 || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                throw new ProtocolException("not a header in an answer: line " + (i + 1));
            }
            headers.add(Map.entry(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
        }
        return new ResponseHead(
                Integer.parseInt(first.substring(9, 12)),
                first.length() > 13 ? first.substring(13) : "",
                !first.startsWith("HTTP/1.0"),
                headers);
    }

    private static boolean isStatusLine(String line) {
        return line.length() >= 12
                && HeadLines.isVersion(line.substring(0, 8))
                && line.charAt(8) == ' '
                && line.charAt(9) >= '1'
                && line.charAt(9) <= '5'
                && HeadLines.isDigit(line.charAt(10))
                && HeadLines.isDigit(line.charAt(11))
                && (line.length() == 12 || line.charAt(12) == ' ');
    }

    /** Whether there is a header of this name, given in lower case. */
    public boolean has(String name) {
        for (Map.Entry<String, String> header : headers) {
            if (name.equalsIgnoreCase(header.getKey())) {
                return true;
            }
        }
        return false;
    }

    private Stream<String> values(String name) {
        return headers.stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .map(Map.Entry::getValue);
    }

    /** The same with these headers, by their names in lower case, in the place of any of their names. */
    public ResponseHead with(Map<String, String> added) {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers.size() + added.size());
        for (Map.Entry<String, String> header : headers) {
            if (!added.containsKey(header.getKey().toLowerCase(Locale.ROOT))) {
                all.add(header);
            }
        }
        all.addAll(added.entrySet());
        return new ResponseHead(status, reason, version11, all);
    }

    /** Whether another answer follows for the same request. */
    boolean isInterim() {
        return status < 200 && status != 101;
    }

    boolean isUpgrade() {
        return status == 101;
    }

    /** The body that follows, where this is neither an interim answer nor an upgrade. */
    MessageBody body(boolean toHead) throws ProtocolException {
        if (toHead || status == 204 || status == 304) {
            return MessageBody.ofLength(0);
        }
        if (has("transfer-encoding")) {
            return "chunked"
                            .equalsIgnoreCase(
                                    String.join(",", values("transfer-encoding").toList())
                                            .strip())
                    ? MessageBody.chunked()
                    : MessageBody.untilClose();
        }
        List<String> lengths = values("content-length").distinct().toList();
        if (lengths.isEmpty()) {
            return MessageBody.untilClose();
        }
        if (lengths.size() > 1 || !lengths.get(0).matches("[0-9]{1,18}")) {
            throw new ProtocolException("not a Content-Length in an answer");
        }
        return MessageBody.ofLength(Long.parseLong(lengths.get(0)));
    }

    /** Whether the server takes another request on this connection, once the body is complete. */
    boolean keepsConnection() {
        return version11 && tokens("connection").noneMatch("close"::equals);
    }

    private Stream<String> tokens(String name) {
        return values(name).flatMap(value -> Stream.of(value.split(","))).map(token -> token.strip()
                .toLowerCase(Locale.ROOT));
    }

    /** The head as it is sent on: without what is of the server's own connection, but for an upgrade. */
    byte[] bytes(boolean last) {
        StringBuilder head =
                new StringBuilder("HTTP/1.1 ").append(status).append(' ').append(reason);
        boolean framed = has("transfer-encoding");
        headers.forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean kept = isUpgrade() || !OF_CONNECTION.contains(name);
            if (kept && !(framed && name.equals("content-length"))) {
                head.append("\r\n").append(header.getKey()).append(": ").append(header.getValue());
            }
        });
        if (last) {
            head.append("\r\nconnection: close");
        }
        return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
