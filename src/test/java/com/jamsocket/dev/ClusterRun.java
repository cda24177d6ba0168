package com.jamsocket.dev;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationKind;
import com.jamsocket.testkit.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What the development server carries: a gigabyte each way through one WebSocket, 1,000 WebSockets at once, requests
 * through the proxy and past it, and 200 backends of three processes each, of which none is left. The arguments say
 * which, by {@code bytes}, {@code sockets}, {@code requests} and {@code processes}; all of them without any. Takes a
 * few minutes.
 */
public final class ClusterRun {

    private static final long BYTES = 1L << 30;
    private static final int SOCKETS = 1000;
    private static final int AT_ONCE = 50;
    private static final int PROCESSES = 200;
    private static final int CALLERS = 8;
    private static final Duration CALLING = Duration.ofSeconds(3);
    private static final int SAMPLES = 2000;

    /** One is as good as the next, if the machine is quiet. */
    private static final int ROUNDS = 3;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** By how much the heap may be larger than before, whatever has gone through. */
    private static final long FLAT = 32L << 20;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private ClusterRun() {}

    /** Runs them one after the other, and exits with 1 if something was lost or left, or the heap has grown. */
    public static void main(String... args) throws Exception {
        List<String> chosen = args.length == 0 ? List.of("bytes", "sockets", "requests", "processes") : List.of(args);
        boolean good = true;
        for (String part : chosen) {
            good &= switch (part) {
                case "bytes" -> withBackend(ClusterRun::bytes);
                case "sockets" -> withBackend(ClusterRun::sockets);
                case "requests" -> withBackend(ClusterRun::requests);
                case "processes" -> processes();
                default -> throw new IllegalArgumentException(part);
            };
        }
        System.out.println(good ? "GOOD" : "BAD");
        System.exit(good ? 0 : 1);
    }

    @FunctionalInterface
    private interface Part {
        boolean run(URI connection) throws Exception;
    }

    private static boolean withBackend(Part part) throws Exception {
        try (JamsocketDevServer server = JamsocketDevServer.builder()
                        .launcher(Launcher.command(ProcessBackend.command()))
                        .start();
                Jamsocket jamsocket = Jamsocket.dev(server.port())) {
            ConnectResponse backend = jamsocket.connect();
            var unused = jamsocket.awaitReady(backend.backendId(), PATIENCE);
            return part.run(backend.url());
        }
    }

    private static boolean bytes(URI connection) throws Exception {
        Echo echo = new Echo();
        WebSocket socket = open(connection, echo).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        ByteBuffer frame = ByteBuffer.allocate(64 << 10);
        long before = usedMemory();
        long most = before;
        long start = System.nanoTime();
        for (long sent = 0; sent < BYTES; sent += frame.capacity()) {
            var unused = socket.sendBinary(frame.duplicate(), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (sent % (BYTES / 8) == 0) {
                most = Math.max(most, usedMemory());
            }
        }
        boolean whole = waitFor(() -> echo.bytes.get() == BYTES);
        double seconds = since(start).toMillis() / 1000.0;
        most = Math.max(most, usedMemory());
        System.out.printf(
                "bytes: %d MB sent, %d MB came back, in %.1f s, %.0f MB/s each way; heap %d MB before, %d MB at most%n",
                BYTES >> 20, echo.bytes.get() >> 20, seconds, (BYTES >> 20) / seconds, before >> 20, most >> 20);
        socket.abort();
        return whole && most - before < FLAT;
    }

    private static boolean sockets(URI connection) throws Exception {
        long before = usedMemory();
        long start = System.nanoTime();
        List<WebSocket> open = new ArrayList<>();
        List<Echo> echoes = Stream.generate(Echo::new).limit(SOCKETS).toList();
        // As many at once as wait to be accepted.
        for (int i = 0; i < SOCKETS; i += AT_ONCE) {
            List<CompletableFuture<WebSocket>> opening = echoes.subList(i, i + AT_ONCE).stream()
                    .map(echo -> open(connection, echo))
                    .toList();
            opening.forEach(each -> open.add(
                    each.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join()));
        }
        Duration opened = since(start);
        long held = usedMemory();
        start = System.nanoTime();
        ByteBuffer message = ByteBuffer.wrap("hello".getBytes(ISO_8859_1));
        open.forEach(socket -> socket.sendBinary(message.duplicate(), true).join());
        boolean all = waitFor(() -> echoes.stream().allMatch(echo -> echo.bytes.get() == message.capacity()));
        System.out.printf(
                "sockets: %d opened in %d ms and held, %d KB of heap each with their clients; all echo in %d ms%n",
                open.size(),
                opened.toMillis(),
                ((held - before) / SOCKETS) >> 10,
                since(start).toMillis());
        boolean none = open.stream().noneMatch(WebSocket::isOutputClosed);
        open.forEach(WebSocket::abort);
        return all && none;
    }

    private static boolean requests(URI connection) throws Exception {
        int port = backendPort(connection);
        URI direct = URI.create("http://127.0.0.1:" + port + "/");
        // Both are warm before they are counted.
        requestsPerSecond(direct, Duration.ofSeconds(2));
        requestsPerSecond(connection, Duration.ofSeconds(2));
        for (int round = 0; round < ROUNDS; round++) {
            System.out.printf(
                    "requests: %,d a second to the backend itself, %,d through the proxy, by %d callers;"
                            + " one after the other half of them within %d and %d µs%n",
                    requestsPerSecond(direct, CALLING),
                    requestsPerSecond(connection, CALLING),
                    CALLERS,
                    medianMicros(direct),
                    medianMicros(connection));
        }
        return true;
    }

    private static long medianMicros(URI server) throws IOException {
        long[] times = new long[SAMPLES];
        try (RawClient client = new RawClient(server)) {
            for (int i = 0; i < SAMPLES; i++) {
                long start = System.nanoTime();
                if (client.get(server.getPath() + "cors").answer().status() != 200) {
                    throw new IOException("another answer");
                }
                times[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(times);
        return times[SAMPLES / 2] / 1000;
    }

    /** Its answer tells its environment. */
    private static int backendPort(URI connection) throws IOException {
        try (RawClient client = new RawClient(connection)) {
            String body = client.get(connection.getPath()).answer().body();
            return Integer.parseInt(body.replaceFirst("(?s).*[{ ]PORT=(\\d+)[,}].*", "$1"));
        }
    }

    private static long requestsPerSecond(URI server, Duration time) throws InterruptedException {
        AtomicInteger answers = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < CALLERS; i++) {
            Thread caller = new Thread(() -> call(server, time, answers));
            caller.start();
            callers.add(caller);
        }
        for (Thread caller : callers) {
            caller.join();
        }
        return answers.get() * 1000L / since(start).toMillis();
    }

    private static void call(URI server, Duration time, AtomicInteger answers) {
        long start = System.nanoTime();
        try (RawClient client = new RawClient(server)) {
            while (since(start).compareTo(time) < 0) {
                if (client.get(server.getPath() + "cors").answer().status() == 200) {
                    answers.incrementAndGet();
                }
            }
        } catch (IOException e) {
            System.out.println("a caller has stopped: " + e);
        }
    }

    private static boolean processes() throws Exception {
        String mark = "CLUSTER_RUN=" + UUID.randomUUID();
        long start = System.nanoTime();
        boolean all;
        boolean half;
        try (JamsocketDevServer server = JamsocketDevServer.builder()
                        .launcher(Launcher.command("sh", "-c", "sleep 1000 & sleep 1000; :")
                                .env("CLUSTER_RUN", mark.substring(mark.indexOf('=') + 1)))
                        .grace(Duration.ofSeconds(2))
                        .start();
                Jamsocket jamsocket = Jamsocket.dev(server.port())) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < PROCESSES; i++) {
                ids.add(jamsocket.connect().backendId());
            }
            all = waitFor(() -> marked(mark) == 3L * PROCESSES);
            System.out.printf(
                    "processes: %d backends, %d processes, %d ms after the first%n",
                    PROCESSES, marked(mark), since(start).toMillis());
            start = System.nanoTime();
            for (String id : ids.subList(0, PROCESSES / 2)) {
                jamsocket.terminate(id, TerminationKind.SOFT);
            }
            half = waitFor(() -> marked(mark) == 3L * PROCESSES / 2);
            System.out.printf(
                    "processes: half of them ended softly in %d ms%n",
                    since(start).toMillis());
            start = System.nanoTime();
        }
        boolean none = waitFor(() -> marked(mark) == 0);
        System.out.printf(
                "processes: the others ended with the server in %d ms, %d are left%n",
                since(start).toMillis(), marked(mark));
        return all && half && none;
    }

    /** How many processes of this machine have this in their environment. Only Linux tells. */
    private static long marked(String mark) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes.filter(process -> hasMark(process, mark)).count();
        } catch (IOException e) {
            throw new IllegalStateException("processes are counted on Linux alone", e);
        }
    }

    private static boolean hasMark(Path process, String mark) {
        try {
            return process.getFileName().toString().matches("\\d+")
                    && Files.readString(process.resolve("environ"), ISO_8859_1).contains(mark);
        } catch (IOException e) {
            // It has ended meanwhile, or is somebody else's.
            return false;
        }
    }

    private static CompletableFuture<WebSocket> open(URI connection, Echo echo) {
        URI url = URI.create(connection.toString().replaceFirst("http", "ws") + "ws");
        return CLIENT.newWebSocketBuilder().buildAsync(url, echo);
    }

    private static final class Echo implements WebSocket.Listener {
        final AtomicLong bytes = new AtomicLong();

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            bytes.addAndGet(data.remaining());
            socket.request(1);
            return null;
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds();
    }

    private static boolean waitFor(Condition condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.holds() && since(start).compareTo(PATIENCE) < 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return condition.holds();
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
