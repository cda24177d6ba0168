package com.jamsocket.bench;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a blocking {@code connect} costs, with and without a key, against the same call without this client. Arguments:
 * the file of figures, the number of rounds, the milliseconds of a sample (and of its warm-up), the numbers of threads.
 */
public final class CallsRun {

    private static final String BODY = "{\"key\":\"room-1\",\"user\":\"ada\"}";
    private static final String JERSEY = "Jersey, String";
    private static final List<String> CANDIDATES =
            List.of(JERSEY, "connect with key", "connect without key", "java.net.http, String");

    private CallsRun() {}

    /** Measures, prints a table, and puts the figures into the file. */
    public static void main(String... args) throws Exception {
        List<Integer> threads = args.length > 3
                ? List.of(args).subList(3, args.length).stream()
                        .map(Integer::valueOf)
                        .toList()
                : List.of(1, 16, 128);
        List<Figure> figures = measure(
                args.length > 1 ? Integer.parseInt(args[1]) : 5,
                args.length > 2 ? Integer.parseInt(args[2]) : 3000,
                threads);
        System.out.print(Figures.table(figures));
        Figures.write(Path.of(args.length > 0 ? args[0] : "docs/performance.json"), figures);
    }

    static List<Figure> measure(int rounds, int millis, List<Integer> threads)
            throws IOException, InterruptedException {
        Figures figures = new Figures("calls");
        try (StubServer stub = StubServer.start()) {
            for (int round = 0; round < rounds; round++) {
                for (int callers : threads) {
                    for (String candidate : CANDIDATES) {
                        Fork.sample(
                                Sample.class,
                                told -> figures.add(
                                        callers + " threads: " + told[0],
                                        told[1],
                                        candidate,
                                        JERSEY,
                                        Double.parseDouble(told[2])),
                                candidate,
                                String.valueOf(stub.port()),
                                String.valueOf(callers),
                                String.valueOf(millis));
                    }
                }
            }
        }
        return figures.all();
    }

    /** One call of one candidate. */
    private static Callable<?> call(String candidate, int port) {
        return switch (candidate) {
            case JERSEY -> jersey(port);
            case "java.net.http, String" -> bare(port);
            case "connect with key" ->
                connect(port, ConnectRequest.builder().key("room-1").user("ada").build());
            case "connect without key" ->
                connect(port, ConnectRequest.builder().user("ada").build());
            default -> throw new IllegalArgumentException(candidate);
        };
    }

    @SuppressWarnings("resource") // lives as long as the JVM of the sample
    static Callable<?> connect(int port, ConnectRequest request) {
        // A busy machine may take a second for the first answer, and then callers are refused: that is another promise.
        Jamsocket client = Jamsocket.builder().dev(port).maxWaitingCalls(1024).build();
        return () -> client.connect(request);
    }

    @SuppressWarnings("resource") // lives as long as the JVM of the sample
    static Callable<?> jersey(int port) {
        Client client = ClientBuilder.newClient();
        WebTarget target = client.target(StubServer.uri(port, StubServer.CONNECT_PATH));
        return () -> target.request(MediaType.APPLICATION_JSON).post(Entity.json(BODY), String.class);
    }

    private static Callable<?> bare(int port) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(StubServer.uri(port, StubServer.CONNECT_PATH))
                .header("Accept", MediaType.APPLICATION_JSON)
                .header("Content-Type", MediaType.APPLICATION_JSON)
                .POST(BodyPublishers.ofString(BODY))
                .build();
        return () -> {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("answered with " + response.statusCode());
            }
            return response.body();
        };
    }

    /** The JVM of one sample. */
    static final class Sample {

        private Sample() {}

        /** Candidate, port, threads, milliseconds. */
        public static void main(String... args) {
            Fork.end(() -> measure(args));
        }

        private static void measure(String... args) throws Exception {
            Callable<?> call = call(args[0], Integer.parseInt(args[1]));
            int threads = Integer.parseInt(args[2]);
            int millis = Integer.parseInt(args[3]);
            ExecutorService callers = Executors.newFixedThreadPool(threads);
            calls(callers, threads, millis, call);
            Usage before = Usage.now();
            long calls = calls(callers, threads, millis, call);
            Usage after = Usage.now();
            Fork.tell("CPU a call", "µs", before.cpuMicrosUntil(after) / calls);
            Fork.tell("allocated a call", "KiB", before.kibibytesUntil(after) / calls);
            Fork.tell("calls", Figure.PER_SECOND, calls / before.secondsUntil(after));
        }

        private static long calls(ExecutorService callers, int threads, int millis, Callable<?> call)
                throws InterruptedException, ExecutionException {
            long end = System.nanoTime() + millis * 1_000_000L;
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(callers.submit(() -> {
                    long count = 0;
                    do {
                        call.call();
                        count++;
                    } while (System.nanoTime() - end < 0);
                    return count;
                }));
            }
            long sum = 0;
            for (Future<Long> count : counts) {
                sum += count.get();
            }
            return sum;
        }
    }
}
