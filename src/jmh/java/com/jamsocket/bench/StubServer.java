package com.jamsocket.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers as a development server of Jamsocket does, and does nothing for it: calls have a text that is made once, and
 * are answered after as many milliseconds as {@code /delay} has said; streams are told what {@code /broadcast} says. It
 * ends with its standard input, and so with who has started it.
 */
final class StubServer implements AutoCloseable {

    /** What a backend is after "scheduled", in the order of its life; each is told once to a stream. */
    static final List<String> STATUSES = List.of("loading", "starting", "waiting", "ready");

    static final String CONNECT_PATH = "/v2/service/dev/default/connect";
    private static final String TIME = "2026-01-02T03:04:05.678Z";

    private final Fork fork;
    private final int port;

    private StubServer(Fork fork, int port) {
        this.fork = fork;
        this.port = port;
    }

    /** The stub in a process of its own, on a port that is free. */
    static StubServer start() throws IOException {
        return start(0);
    }

    /** The stub in a process of its own. */
    static StubServer start(int port) throws IOException {
        Fork fork = Fork.java(StubServer.class, Integer.toString(port));
        return new StubServer(fork, Integer.parseInt(fork.line()));
    }

    int port() {
        return port;
    }

    Fork fork() {
        return fork;
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
    static void broadcast(int port, String status) throws IOException {
        ask(port, "/broadcast/" + status);
    }

    /** Has calls answered after so long. */
    static void delay(int port, int millis) throws IOException {
        ask(port, "/delay/" + millis);
    }

    /** How many streams there are, with those that have gone since the last event. */
    static int streams(int port) throws IOException {
        return Integer.parseInt(ask(port, "/streams/"));
    }

    /** By a client that keeps no thread. */
    private static String ask(int port, String path) throws IOException {
        return get(uri(port, path));
    }

    /** The text at an address. */
    static String get(URI uri) throws IOException {
        URLConnection connection = uri.toURL().openConnection();
        try (InputStream answer = connection.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The process itself. */
    public static void main(String... args) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
        System.setProperty("sun.net.httpserver.idleInterval", "3600");
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        HttpServer server = HttpServer.create(address, 4096);
        Queue<OutputStream> streams = new ConcurrentLinkedQueue<>();
        server.createContext("/v2/service/", exchange -> connected(exchange, server));
        server.createContext("/v2/backend/", exchange -> backend(exchange, streams));
        server.createContext("/broadcast/", exchange -> broadcast(exchange, streams));
        server.createContext("/streams/", exchange -> answer(exchange, String.valueOf(streams.size())));
        server.createContext("/delay/", exchange -> {
            delayMillis = Integer.parseInt(lastPart(exchange));
            answer(exchange, "");
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        System.out.println(server.getAddress().getPort());
        while (System.in.read() >= 0) {
            // Whatever is said, it is over when nobody can say anything any more.
        }
        System.exit(0);
    }

    private static final AtomicLong IDS = new AtomicLong();
    private static final ScheduledExecutorService LATER = Executors.newScheduledThreadPool(2);
    private static volatile int delayMillis;

    private static void connected(HttpExchange exchange, HttpServer server) throws IOException {
        exchange.getRequestBody().readAllBytes();
        int port = server.getAddress().getPort();
        String id = "k2h5xq0v9c1a" + IDS.incrementAndGet() % 100_000;
        String json =
                """
                {"backend_id":"%2$s","spawned":false,"status":"scheduled","token":"Zm9vYmFyYmF6cXV4",\
                "url":"http://127.0.0.1:%1$d/Zm9vYmFyYmF6cXV4/","secret_token":"YmFyYmF6cXV4Zm9v",\
                "status_url":"http://127.0.0.1:%1$d/v2/backend/%2$s/status","ready_url":""}"""
                        .formatted(port, id);
        if (delayMillis == 0) {
            answer(exchange, json);
        } else {
            var unused = LATER.schedule(
                    () -> {
                        answer(exchange, json);
                        return null;
                    },
                    delayMillis,
                    TimeUnit.MILLISECONDS);
        }
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
        String status = lastPart(exchange);
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

    private static String lastPart(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
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
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
