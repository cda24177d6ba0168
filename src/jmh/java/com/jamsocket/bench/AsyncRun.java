package com.jamsocket.bench;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * How many {@code connect}s an application can have under way without a thread for each: 1,000 of {@code async()},
 * which the server answers after 50 ms, of which {@code jamsocket.async-calls} are sent at once; against
 * {@code java.net.http} with the same bound. Arguments: the file of figures, the number of rounds, the milliseconds of
 * a sample, the calls that are under way.
 */
public final class AsyncRun {

    private static final int ANSWER_MILLIS = 50;

    /** The default of {@code jamsocket.async-calls}. */
    private static final int BOUND = 64;

    private static final String BARE = "java.net.http";
    private static final List<String> CANDIDATES = List.of(BARE, "async connect with key", "async connect without key");

    private AsyncRun() {}

    /** Measures, prints a table, and puts the figures into the file. */
    public static void main(String... args) throws Exception {
        Arguments arguments = new Arguments(args);
        arguments.conclude(measure(arguments.number(1, 3), arguments.number(2, 5000), arguments.number(3, 1000)));
    }

    static List<Figure> measure(int rounds, int millis, int underWay) throws IOException, InterruptedException {
        Figures figures = new Figures("async");
        try (StubServer stub = StubServer.start()) {
            StubServer.delay(stub.port(), ANSWER_MILLIS);
            for (int round = 0; round < rounds; round++) {
                for (String candidate : CANDIDATES) {
                    figures.sample(
                            Fork.java(
                                    Sample.class,
                                    candidate,
                                    String.valueOf(stub.port()),
                                    String.valueOf(millis),
                                    String.valueOf(underWay)),
                            underWay + " under way: ",
                            candidate,
                            BARE);
                }
            }
        }
        return figures.all();
    }

    /** The JVM of one sample. */
    static final class Sample {

        private final Semaphore room;
        private final int underWay;
        private final Supplier<CompletionStage<?>> call;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private int threads;

        private Sample(Supplier<CompletionStage<?>> call, int underWay) {
            this.call = call;
            this.underWay = underWay;
            room = new Semaphore(underWay);
        }

        /** Candidate, port, milliseconds, calls under way. */
        public static void main(String... args) {
            Fork.end(() -> {
                int threads = Usage.threads();
                int port = Integer.parseInt(args[1]);
                int millis = Integer.parseInt(args[2]);
                int underWay = Integer.parseInt(args[3]);
                boolean bare = args[0].equals(BARE);
                Sample sample = new Sample(bare ? bare(port) : client(port, args[0]), bare ? BOUND : underWay);
                sample.calls(millis);
                Usage before = Usage.now();
                long calls = sample.calls(millis);
                Usage after = Usage.now();
                Fork.tell("CPU a call", "µs", before.cpuMicrosUntil(after) / calls);
                Fork.tell("threads more", "threads", sample.threads - threads);
                double rate = calls / before.secondsUntil(after);
                Fork.tell("calls", Figure.PER_SECOND, rate);
                Fork.tell("of what the bound allows", "%", 100 * rate / (BOUND * 1000.0 / ANSWER_MILLIS));
            });
        }

        @SuppressWarnings("resource") // lives as long as the JVM of the sample
        private static Supplier<CompletionStage<?>> client(int port, String candidate) {
            Jamsocket client = Jamsocket.builder().dev(port).build();
            ConnectRequest request = candidate.endsWith("without key") ? CallsRun.WITHOUT_KEY : CallsRun.KEYED;
            return () -> client.async().connect(request);
        }

        private static Supplier<CompletionStage<?>> bare(int port) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpRequest request = CallsRun.connectRequest(port);
            return () -> client.sendAsync(request, BodyHandlers.ofString());
        }

        /** Keeps as many under way until the time is over, and waits for the last of them. */
        private long calls(int millis) throws InterruptedException {
            long end = System.nanoTime() + millis * 1_000_000L;
            long count = 0;
            while (System.nanoTime() - end < 0) {
                room.acquire();
                call.get().whenComplete((answer, failed) -> {
                    failure.compareAndSet(null, failed);
                    room.release();
                });
                count++;
            }
            threads = Usage.threads();
            room.acquire(underWay);
            room.release(underWay);
            if (failure.get() != null) {
                throw new IllegalStateException("a call has failed", failure.get());
            }
            return count;
        }
    }
}
