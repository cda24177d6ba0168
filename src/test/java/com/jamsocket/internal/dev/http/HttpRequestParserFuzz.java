package com.jamsocket.internal.dev.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Any bytes are read as requests or refused, and the same however they are cut. */
public final class HttpRequestParserFuzz {

    private HttpRequestParserFuzz() {}

    public static void fuzzerTestOneInput(byte[] received) {
        List<String> whole = parse(received, Math.max(1, received.length));
        List<String> cut = parse(received, 1);
        if (!whole.equals(cut)) {
            throw new AssertionError("as a whole " + whole + ", byte by byte " + cut);
        }
    }

    /** The requests, and in the end how many bytes are left, or why the last one is refused. */
    private static List<String> parse(byte[] received, int step) {
        HttpRequestParser parser = new HttpRequestParser(request -> false);
        List<String> requests = new ArrayList<>();
        try {
            for (int at = 0; at < received.length; at += step) {
                parser.add(ByteBuffer.wrap(received, at, Math.min(step, received.length - at)));
                for (HttpRequest request = parser.next(); request != null; request = parser.next()) {
                    requests.add(text(request));
                }
            }
            requests.add(parser.isInside() + " " + parser.takeContinueWanted());
        } catch (RejectedRequestException rejected) {
            requests.add(rejected.status() + " " + rejected.getMessage());
        }
        return requests;
    }

    private static String text(HttpRequest request) {
        return request.method()
                + ' '
                + request.path()
                + ' '
                + request.query()
                + ' '
                + request.headers()
                + ' '
                + new String(request.body(), ISO_8859_1)
                + ' '
                + request.keepAlive()
                + ' '
                + request.chunkable();
    }
}
