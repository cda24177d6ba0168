package com.jamsocket.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/**
 * A collector of OpenTelemetry: what the server exports to it over HTTP.
 *
 * <p>Source: OpenTelemetry protocol 1.5, trace.proto and metrics.proto, of which it reads the fields that it needs.
 */
final class Collector implements AutoCloseable {

    private static final int CLIENT = 3;

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final Set<String> metrics = ConcurrentHashMap.newKeySet();

    /**
     * A span; identifiers in hexadecimal digits.
     *
     * @param scope what has made it
     * @param attributes those that are texts or numbers
     */
    record Span(
            String scope,
            String trace,
            String id,
            String parent,
            String name,
            int kind,
            Map<String, String> attributes) {
        boolean isRoot() {
            return parent.isEmpty();
        }

        boolean isOfClient() {
            return kind == CLIENT;
        }

        /** The address of a request; the second name is that from before the conventions were stable. */
        String url() {
            return attributes.getOrDefault("url.full", attributes.getOrDefault("http.url", ""));
        }
    }

    /** A field of a message: a number, or bytes. */
    private record Field(int number, long value, ByteBuffer bytes) {
        String hex() {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return HexFormat.of().formatHex(copy);
        }

        String text() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }
    }

    private Collector(HttpServer server) {
        this.server = server;
    }

    static Collector start(int port) {
        try {
            Collector collector =
                    new Collector(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
            collector.server.createContext("/v1/traces", exchange -> collector.read(exchange, true));
            collector.server.createContext("/v1/metrics", exchange -> collector.read(exchange, false));
            collector.server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The spans of a trace. */
    List<Span> spansOf(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    /** The names of all metrics. */
    Set<String> metrics() {
        return Set.copyOf(metrics);
    }

    private void read(HttpExchange exchange, boolean traces) throws IOException {
        try (exchange) {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = exchange.getRequestBody();
            ByteBuffer message = ByteBuffer.wrap((zipped ? new GZIPInputStream(body) : body).readAllBytes());
            // The request has resources (1), these have scopes (2), and these spans or metrics (2).
            for (Field resource : fields(message, 1)) {
                for (Field scope : fields(resource.bytes(), 2)) {
                    for (Field item : fields(scope.bytes(), 2)) {
                        if (traces) {
                            spans.add(span(scope.bytes(), item.bytes()));
                        } else {
                            fields(item.bytes(), 1).forEach(name -> metrics.add(name.text()));
                        }
                    }
                }
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Span span(ByteBuffer scope, ByteBuffer message) {
        Map<String, String> attributes = new HashMap<>();
        for (Field attribute : fields(message, 9)) {
            ByteBuffer value = first(attribute.bytes(), 2).bytes();
            fields(value, 1)
                    .forEach(text -> attributes.put(first(attribute.bytes(), 1).text(), text.text()));
            fields(value, 3)
                    .forEach(number ->
                            attributes.put(first(attribute.bytes(), 1).text(), Long.toString(number.value())));
        }
        List<Field> parent = fields(message, 4);
        return new Span(
                first(first(scope, 1).bytes(), 1).text(),
                first(message, 1).hex(),
                first(message, 2).hex(),
                parent.isEmpty() ? "" : parent.get(0).hex(),
                first(message, 5).text(),
                (int) first(message, 6).value(),
                attributes);
    }

    private static Field first(ByteBuffer message, int number) {
        return fields(message, number).get(0);
    }

    private static List<Field> fields(ByteBuffer message, int number) {
        ByteBuffer rest = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<Field> found = new ArrayList<>();
        while (rest.hasRemaining()) {
            long tag = varint(rest);
            Field field =
                    switch ((int) (tag & 7)) {
                        case 0 -> new Field((int) (tag >> 3), varint(rest), null);
                        case 1 -> new Field((int) (tag >> 3), rest.getLong(), null);
                        case 2 -> new Field((int) (tag >> 3), 0, slice(rest, (int) varint(rest)));
                        case 5 -> new Field((int) (tag >> 3), rest.getInt(), null);
                        default -> throw new IllegalArgumentException("wire type of " + tag);
                    };
            if (field.number() == number) {
                found.add(field);
            }
        }
        return found;
    }

    private static ByteBuffer slice(ByteBuffer rest, int length) {
        ByteBuffer slice = rest.slice(rest.position(), length);
        rest.position(rest.position() + length);
        return slice;
    }

    private static long varint(ByteBuffer rest) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = rest.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
