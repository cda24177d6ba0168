package com.jamsocket.internal.client;

import com.jamsocket.Jamsocket;
import com.jamsocket.ReconnectPolicy;
import com.jamsocket.testkit.StatusRecorder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Jamsocket API that answers each call as it was told to: statuses in turn, streams in turn, the last of each again.
 */
final class FakeApi implements AutoCloseable {

    static final String ID = "b1";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Reply> statuses = new ArrayList<>();
    private final List<Reply> streams = new ArrayList<>();
    private final List<Reply> connects = new ArrayList<>();
    final AtomicInteger statusCalls = new AtomicInteger();
    final AtomicInteger streamCalls = new AtomicInteger();
    final AtomicInteger connectCalls = new AtomicInteger();
    final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    /** What goes over the wire for one call. */
    interface Reply {
        void play(HttpExchange exchange) throws IOException, InterruptedException;
    }

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v2/backend/" + ID + "/status/stream", turn(streams, streamCalls)::play);
        server.createContext("/v2/backend/" + ID + "/status", turn(statuses, statusCalls)::play);
        server.createContext("/v2/service/", turn(connects, connectCalls)::play);
        server.createContext("/v2/backend/" + ID + "/terminate", turn(List.of(json("{}")), new AtomicInteger())::play);
        server.start();
    }

    private interface Turn {
        void play(HttpExchange exchange) throws IOException;
    }

    private Turn turn(List<Reply> replies, AtomicInteger calls) {
        return exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestBody().readAllBytes();
            int call = calls.getAndIncrement();
            try {
                replies.get(Math.min(call, replies.size() - 1)).play(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        };
    }

    FakeApi status(Reply... replies) {
        statuses.addAll(List.of(replies));
        return this;
    }

    FakeApi stream(Reply... replies) {
        streams.addAll(List.of(replies));
        return this;
    }

    FakeApi connect(Reply... replies) {
        connects.addAll(List.of(replies));
        return this;
    }

    static Reply json(String body) {
        return answer(200, body);
    }

    /** What the API says of a backend that it does not know. */
    static Reply notFound() {
        return answer(404, "{\"error\":{\"message\":\"no such backend\",\"code\":\"NotFound\"}}");
    }

    static Reply answer(int status, String body) {
        return exchange -> respond(exchange, status, body);
    }

    static Reply state(String status) {
        return json(stateJson(status));
    }

    static String stateJson(String status) {
        return "{\"status\":\"" + status + "\",\"time\":\"2024-11-04T20:42:21.123Z\"}";
    }

    static Reply backend(boolean spawned, String status) {
        return json("{\"backend_id\":\"" + ID + "\",\"spawned\":" + spawned + ",\"status\":\"" + status
                + "\",\"token\":\"tok\",\"url\":\"http://localhost:9/tok/\",\"status_url\":\"http://localhost:9/s\","
                + "\"ready_url\":\"\"}");
    }

    /** The reply, once the listener has heard this: checks come when they come, and the stream may be slower. */
    static Reply onceHeard(StatusRecorder listener, String status, Reply reply) {
        return exchange -> {
            listener.awaitStatus(status);
            reply.play(exchange);
        };
    }

    /** Events for these statuses, then the end of the stream. */
    static Reply events(String... statuses) {
        return exchange -> send(exchange, statuses);
    }

    /** Events for these statuses, then silence until this server is closed. */
    Reply eventsThenSilence(String... statuses) {
        return exchange -> {
            send(exchange, statuses);
            closed.await();
        };
    }

    /** The head of an answer and then nothing. */
    Reply silence() {
        return exchange -> closed.await();
    }

    private static void send(HttpExchange exchange, String... statuses) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        for (String status : statuses) {
            String data = status.startsWith("{") || status.isEmpty() ? status : stateJson(status);
            String frame = status.startsWith(":") ? status + "\n\n" : "data: " + data + "\n\n";
            exchange.getResponseBody().write(frame.getBytes(StandardCharsets.UTF_8));
        }
        exchange.getResponseBody().flush();
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A builder for a client of this server that does not wait long. */
    Jamsocket.Builder client() {
        return Jamsocket.builder()
                .apiUrl(url())
                .account("a")
                .token("t")
                .service("s")
                .retryTime(Duration.ZERO)
                .reconnectPolicy(ReconnectPolicy.ofDefaults().withDelays(Duration.ofMillis(10), Duration.ofMillis(50)));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
