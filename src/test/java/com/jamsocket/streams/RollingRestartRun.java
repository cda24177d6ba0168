package com.jamsocket.streams;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketException;
import com.jamsocket.testkit.SocketServer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A rolling restart of an API: three instances behind a balancer of connections are killed one after the other, each
 * gone for 3 seconds, while a client with its defaults makes 100 calls a second, of three kinds in turn. Each call
 * takes an instance 20 ms. It prints how many of each kind failed, and as what. The argument is how often all are
 * restarted.
 */
public final class RollingRestartRun {

    private static final int INSTANCES = 3;
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(10);
    private static final Duration DOWN = Duration.ofSeconds(3);
    private static final Duration WORK = Duration.ofMillis(20);
    private static final String BACKEND = "{\"backend_id\":\"b1\",\"spawned\":true,\"status\":\"scheduled\","
            + "\"token\":\"tok\",\"url\":\"http://localhost:9/tok/\",\"status_url\":\"http://localhost:9/s\","
            + "\"ready_url\":\"\"}";
    private static final String STATE = "{\"status\":\"ready\",\"time\":\"2024-11-04T20:42:21.123Z\"}";

    private final AtomicReferenceArray<HttpServer> instances = new AtomicReferenceArray<>(INSTANCES);
    private final AtomicInteger balanced = new AtomicInteger();
    private final Map<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();

    private RollingRestartRun() {}

    /** Restarts all instances so often, and exits with 1 if a call that may be repeated has failed. */
    public static void main(String... args) throws Exception {
        int rounds = args.length == 0 ? 3 : Integer.parseInt(args[0]);
        Map<String, AtomicInteger> outcomes = new RollingRestartRun().run(rounds);
        System.out.println(outcomes);
        System.exit(outcomes.keySet().stream().allMatch(RollingRestartRun::isExpected) ? 0 : 1);
    }

    private static boolean isExpected(String outcome) {
        return outcome.endsWith(" answered") || outcome.startsWith("connect without a key ");
    }

    /** How many calls came to what. */
    private Map<String, AtomicInteger> run(int rounds) throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        ExecutorService callers = Executors.newCachedThreadPool();
        for (int i = 0; i < INSTANCES; i++) {
            instances.set(i, instance());
        }
        try (SocketServer balancer = new SocketServer(this::balance);
                Jamsocket client = Jamsocket.builder()
                        .apiUrl(URI.create(
                                "http://127.0.0.1:" + balancer.address().getPort()))
                        .account("a")
                        .token("t")
                        .service("s")
                        .build()) {
            AtomicInteger calls = new AtomicInteger();
            var unused = clock.scheduleAtFixedRate(
                    () -> callers.execute(() -> call(client, calls.getAndIncrement())),
                    0,
                    BETWEEN_CALLS.toMillis(),
                    TimeUnit.MILLISECONDS);
            Thread.sleep(DOWN.toMillis());
            for (int i = 0; i < rounds * INSTANCES; i++) {
                instances.get(i % INSTANCES).stop(0);
                Thread.sleep(DOWN.toMillis());
                instances.set(i % INSTANCES, instance());
                Thread.sleep(DOWN.toMillis());
            }
            clock.shutdown();
            callers.shutdown();
            callers.awaitTermination(1, TimeUnit.MINUTES);
        } finally {
            for (int i = 0; i < INSTANCES; i++) {
                instances.get(i).stop(0);
            }
        }
        return new TreeMap<>(outcomes);
    }

    private void call(Jamsocket client, int number) {
        String kind;
        Runnable call;
        switch (number % 3) {
            case 0 -> {
                kind = "status";
                call = () -> client.status("b1");
            }
            case 1 -> {
                kind = "connect with a key";
                call = () -> client.connect(
                        ConnectRequest.builder().key("room/" + number).build());
            }
            default -> {
                kind = "connect without a key";
                call = client::connect;
            }
        }
        String outcome;
        try {
            call.run();
            outcome = "answered";
        } catch (JamsocketException e) {
            outcome = e.getClass().getSimpleName();
        }
        outcomes.computeIfAbsent(kind + " " + outcome, absent -> new AtomicInteger())
                .incrementAndGet();
    }

    private static HttpServer instance() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", RollingRestartRun::answer);
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Thread.sleep(WORK.toMillis());
            byte[] body =
                    (exchange.getRequestMethod().equals("GET") ? STATE : BACKEND).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Passes a connection on to the next instance that takes it. */
    private void balance(Socket client) throws IOException {
        for (int tries = 0; tries < INSTANCES; tries++) {
            int next = Math.floorMod(balanced.getAndIncrement(), INSTANCES);
            try (Socket upstream = new Socket()) {
                upstream.connect(instances.get(next).getAddress());
                Thread back = new Thread(() -> pass(upstream, client));
                back.setDaemon(true);
                back.start();
                pass(client, upstream);
                return;
            } catch (UncheckedIOException | IOException e) {
                // That one is down: the next.
            }
        }
    }

    /** Bytes one way; when one side is gone, so is the other. */
    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Gone.
        }
    }
}
