package com.jamsocket.bench;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a {@code connect} costs, with and without a key, blocking and not, on Jersey and RESTEasy, against the same call
 * without this client. Arguments: the file of figures, the number of rounds, the milliseconds of a sample (its warm-up
 * takes twice as long), the numbers of threads.
 */
public final class CallsRun {

    private static final String BODY = "{\"key\":\"room-1\",\"user\":\"ada\"}";

    /** Who makes the call. Those on RESTEasy are compared with one on RESTEasy. */
    enum Candidate {
        JERSEY("Jersey, String"),
        JSON_B("Jersey, JSON-B entity"),
        CONNECT("connect with key"),
        CONNECT_ASYNC("async connect with key"),
        KEYLESS("connect without key"),
        KEYLESS_ASYNC("async connect without key"),
        HTTP_CLIENT("java.net.http, String"),
        URL_CONNECTION("HttpURLConnection, String"),
        NODE("Node, fetch"),
        RESTEASY("RESTEasy, String"),
        RESTEASY_CONNECT("connect with key, RESTEasy"),
        RESTEASY_KEYLESS("connect without key, RESTEasy");

        private final String name;

        Candidate(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }

        private boolean isOnRestEasy() {
            return name().startsWith("RESTEASY");
        }

        private String reference() {
            return (isOnRestEasy() ? RESTEASY : JERSEY).name;
        }

        boolean isHere() {
            return this == NODE ? Fork.hasNode() : !isOnRestEasy() || Fork.hasRestEasy();
        }

        private Fork sample(int port, int threads, int millis) throws IOException {
            String[] args = {name(), String.valueOf(port), String.valueOf(threads), String.valueOf(millis)};
            if (this == NODE) {
                return Fork.node("calls.mjs", args);
            }
            return isOnRestEasy() ? Fork.javaWithRestEasy(Sample.class, args) : Fork.java(Sample.class, args);
        }

        private Callable<?> call(int port) {
            return switch (this) {
                case JERSEY, RESTEASY -> restClient(port, Entity.json(BODY), String.class);
                case JSON_B -> restClient(port, Entity.json(Connect.ROOM), Connected.class);
                case CONNECT, RESTEASY_CONNECT -> connect(port, KEYED);
                case KEYLESS, RESTEASY_KEYLESS -> connect(port, WITHOUT_KEY);
                case CONNECT_ASYNC -> connectAsync(port, KEYED);
                case KEYLESS_ASYNC -> connectAsync(port, WITHOUT_KEY);
                case HTTP_CLIENT -> httpClient(port);
                case URL_CONNECTION -> urlConnection(port);
                case NODE -> throw new IllegalArgumentException("this is Java");
            };
        }
    }

    static final ConnectRequest KEYED =
            ConnectRequest.builder().key("room-1").user("ada").build();
    static final ConnectRequest WITHOUT_KEY =
            ConnectRequest.builder().user("ada").build();

    private CallsRun() {}

    /** Measures, prints a table, and puts the figures into the file. */
    public static void main(String... args) throws Exception {
        Arguments arguments = new Arguments(args);
        arguments.conclude(
                measure(arguments.number(1, 3), arguments.number(2, 2000), arguments.numbers(3, List.of(1, 16, 128))));
    }

    static List<Figure> measure(int rounds, int millis, List<Integer> threads)
            throws IOException, InterruptedException {
        Figures figures = new Figures("calls");
        try (StubServer stub = StubServer.start()) {
            for (int round = 0; round < rounds; round++) {
                for (int callers : threads) {
                    for (Candidate candidate : Candidate.values()) {
                        if (candidate.isHere()) {
                            figures.sample(
                                    candidate.sample(stub.port(), callers, millis),
                                    callers + " threads: ",
                                    candidate.name,
                                    candidate.reference());
                        }
                    }
                }
            }
        }
        return figures.all();
    }

    /** The request as a class for JSON-B. */
    public record Connect(String key, String user) {
        private static final Connect ROOM = new Connect("room-1", "ada");
    }

    /** The answer as a class for JSON-B, of the names that the stub sends. */
    public static final class Connected {
        public String backend_id = "";
        public boolean spawned;
        public String status = "";
        public String token = "";
        public String url = "";
        public String secret_token = "";
        public String status_url = "";
        public String ready_url = "";
    }

    @SuppressWarnings("resource") // lives as long as the JVM of the sample
    private static Jamsocket client(int port) {
        // A busy machine may take a second for the first answer, and then callers are refused: that is another promise.
        return Jamsocket.builder().dev(port).maxWaitingCalls(1024).build();
    }

    static Callable<?> connect(int port, ConnectRequest request) {
        Jamsocket client = client(port);
        return () -> client.connect(request);
    }

    private static Callable<?> connectAsync(int port, ConnectRequest request) {
        Jamsocket client = client(port);
        return () -> client.async().connect(request).toCompletableFuture().get();
    }

    static Callable<?> jersey(int port) {
        return restClient(port, Entity.json(BODY), String.class);
    }

    @SuppressWarnings("resource") // lives as long as the JVM of the sample
    private static Callable<?> restClient(int port, Entity<?> request, Class<?> answer) {
        Client client = ClientBuilder.newClient();
        WebTarget target = client.target(StubServer.uri(port, StubServer.CONNECT_PATH));
        return () -> target.request(MediaType.APPLICATION_JSON).post(request, answer);
    }

    private static Callable<?> httpClient(int port) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = connectRequest(port);
        return () -> text(client.send(request, BodyHandlers.ofString()));
    }

    static HttpRequest connectRequest(int port) {
        return HttpRequest.newBuilder(StubServer.uri(port, StubServer.CONNECT_PATH))
                .header("Accept", MediaType.APPLICATION_JSON)
                .header("Content-Type", MediaType.APPLICATION_JSON)
                .POST(BodyPublishers.ofString(BODY))
                .build();
    }

    private static String text(HttpResponse<String> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("answered with " + response.statusCode());
        }
        return response.body();
    }

    static Callable<?> urlConnection(int port) {
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        return () -> {
            HttpURLConnection connection = (HttpURLConnection)
                    StubServer.uri(port, StubServer.CONNECT_PATH).toURL().openConnection();
            connection.setDoOutput(true);
            connection.setRequestProperty("Accept", MediaType.APPLICATION_JSON);
            connection.setRequestProperty("Content-Type", MediaType.APPLICATION_JSON);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        };
    }

    /** The JVM of one sample. */
    static final class Sample {

        private Sample() {}

        /** Candidate, port, threads, milliseconds. */
        public static void main(String... args) {
            Fork.end(() -> measure(
                    Candidate.valueOf(args[0]).call(Integer.parseInt(args[1])),
                    Integer.parseInt(args[2]),
                    Integer.parseInt(args[3])));
        }

        private static void measure(Callable<?> call, int threads, int millis) throws Exception {
            ExecutorService callers = Executors.newFixedThreadPool(threads);
            calls(callers, threads, 2 * millis, call);
            Usage before = Usage.now();
            Calls made = calls(callers, threads, millis, call);
            Usage after = Usage.now();
            Fork.tell("CPU a call", "µs", before.cpuMicrosUntil(after) / made.count);
            Fork.tell("allocated a call", "KiB", before.kibibytesUntil(after) / made.count);
            Fork.tell("calls", Figure.PER_SECOND, made.count / before.secondsUntil(after));
            Fork.tell("failed calls", "%", 100.0 * made.failed / made.count);
        }

        /** How many calls were made, and how many of these have failed. */
        private record Calls(long count, long failed) {
            Calls plus(Calls other) {
                return new Calls(count + other.count, failed + other.failed);
            }
        }

        private static Calls calls(ExecutorService callers, int threads, int millis, Callable<?> call)
                throws InterruptedException, ExecutionException {
            long end = System.nanoTime() + millis * 1_000_000L;
            List<Future<Calls>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(callers.submit(() -> calls(end, call)));
            }
            Calls sum = new Calls(0, 0);
            for (Future<Calls> count : counts) {
                sum = sum.plus(count.get());
            }
            return sum;
        }

        /** The JDK's HTTP client may close a kept connection under the next request (JDK-8338569), up to Java 23. */
        private static Calls calls(long end, Callable<?> call) throws Exception {
            long count = 0;
            long failed = 0;
            do {
                try {
                    call.call();
                } catch (IOException failure) {
                    failed++;
                }
                count++;
            } while (System.nanoTime() - end < 0);
            return new Calls(count, failed);
        }
    }
}
