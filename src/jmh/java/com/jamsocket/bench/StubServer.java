package com.jamsocket.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers as a development server of Jamsocket does, and does nothing for it: calls have a text that is made once,
 * streams are told what {@code /broadcast} says. It ends with its standard input, and so with who has started it.
 */
final class StubServer implements AutoCloseable {

    static final String CONNECT_PATH = "/v2/service/dev/default/connect";
    private static final String TIME = "2026-01-02T03:04:05.678Z";

    private final Fork fork;
    private final int port;

    private StubServer(Fork fork, int port) {
        this.fork = fork;
        this.port = port;
    }

    /** The stub in a process of its own. */
    static StubServer start() throws IOException {
        Fork fork = Fork.start(StubServer.class);
        return new StubServer(fork, Integer.parseInt(fork.line()));
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        fork.close();
    }

    static String statusPath(String backendId) {
        return "/v2/backend/" + backendId + "/status";
    }

    static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Asks the stub to send an event to each stream, or with the status {@code "end"} to end them. */
    static void broadcast(HttpClient client, int port, String status) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri(port, "/broadcast/" + status)).build();
        int code = client.send(request, BodyHandlers.discarding()).statusCode();
        if (code != 200) {
            throw new IOException("the stub answered a broadcast with " + code);
        }
    }

    /** The process itself. */
    public static void main(String... args) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        Queue<OutputStream> streams = new ConcurrentLinkedQueue<>();
        server.createContext("/v2/service/", exchange -> connected(exchange, server));
        server.createContext("/v2/backend/", exchange -> backend(exchange, streams));
        server.createContext("/broadcast/", exchange -> broadcast(exchange, streams));
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        System.out.println(server.getAddress().getPort());
        while (System.in.read() >= 0) {
            // Whatever is said, it is over when nobody can say anything any more.
        }
        System.exit(0);
    }

    private static final AtomicLong IDS = new AtomicLong();

    private static void connected(HttpExchange exchange, HttpServer server) throws IOException {
        exchange.getRequestBody().readAllBytes();
        int port = server.getAddress().getPort();
        String id = "k2h5xq0v9c1a" + IDS.incrementAndGet() % 1000;
        answer(
                exchange,
                """
                {"backend_id":"%2$s","spawned":false,"status":"ready","token":"Zm9vYmFyYmF6cXV4",\
                "url":"http://127.0.0.1:%1$d/Zm9vYmFyYmF6cXV4/","secret_token":"YmFyYmF6cXV4Zm9v",\
                "status_url":"http://127.0.0.1:%1$d/v2/backend/%2$s/status","ready_url":""}"""
                        .formatted(port, id));
    }

    private static void backend(HttpExchange exchange, Queue<OutputStream> streams) throws IOException {
        if (!exchange.getRequestURI().getPath().endsWith("/stream")) {
            answer(exchange, state("scheduled"));
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream stream = exchange.getResponseBody();
        send(stream, "scheduled");
        streams.add(stream);
    }

    private static void broadcast(HttpExchange exchange, Queue<OutputStream> streams) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String status = path.substring(path.lastIndexOf('/') + 1);
        streams.removeIf(stream -> {
            try {
                if (status.equals("end")) {
                    stream.close();
                    return true;
                }
                send(stream, status);
                return false;
            } catch (IOException gone) {
                return true;
            }
        });
        answer(exchange, "{}");
    }

    private static void send(OutputStream stream, String status) throws IOException {
        stream.write(("data:" + state(status) + "\n\n").getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }

    private static String state(String status) {
        return "{\"status\":\"" + status + "\",\"time\":\"" + TIME + "\"}";
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
