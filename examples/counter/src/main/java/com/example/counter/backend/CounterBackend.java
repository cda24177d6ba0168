package com.example.counter.backend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The backend: one process for each counter, with the JDK alone. {@code GET} shows the number, {@code POST} counts. It
 * forgets with its process, which a backend of yours does not.
 */
public final class CounterBackend {

    private final AtomicLong number = new AtomicLong();

    private CounterBackend() {}

    /** Listens on the port that the engine gives. */
    public static void main(String... arguments) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", new CounterBackend()::answer);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(1)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean counts = exchange.getRequestMethod().equals("POST");
            long value = counts ? number.incrementAndGet() : number.get();
            byte[] text = Long.toString(value).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, isHead ? -1 : text.length);
            if (!isHead) {
                exchange.getResponseBody().write(text);
            }
        }
    }
}
