package com.jamsocket.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What status streams cost to open, to hold, to hear from and to close, against a bare {@code java.net.http} client
 * that makes the same two requests and reads the same JSON. Both are asked for streams without blocking, 256 at a time.
 * Arguments: the file of figures, the number of rounds, the numbers of streams.
 */
public final class StreamsRun {

    private static final String BARE = "java.net.http";
    private static final List<String> CANDIDATES = List.of(BARE, "statusStream");

    private StreamsRun() {}

    /** Measures, prints a table, and puts the figures into the file. */
    public static void main(String... args) throws Exception {
        List<Integer> sizes = args.length > 2
                ? List.of(args).subList(2, args.length).stream()
                        .map(Integer::valueOf)
                        .toList()
                : List.of(100, 1_000, 8_000);
        List<Figure> figures = measure(args.length > 1 ? Integer.parseInt(args[1]) : 5, sizes);
        System.out.print(Figures.table(figures));
        Figures.write(Path.of(args.length > 0 ? args[0] : "docs/performance.json"), figures);
    }

    static List<Figure> measure(int rounds, List<Integer> sizes) throws IOException, InterruptedException {
        Figures figures = new Figures("streams");
        for (int size : sizes) {
            for (int round = 0; round < rounds; round++) {
                for (String candidate : CANDIDATES) {
                    try (StubServer stub = StubServer.start()) {
                        Fork.sample(
                                Sample.class,
                                told -> figures.add(
                                        size + " streams: " + told[0],
                                        told[1],
                                        candidate,
                                        BARE,
                                        Double.parseDouble(told[2])),
                                candidate,
                                String.valueOf(stub.port()),
                                String.valueOf(size));
                    }
                }
            }
        }
        return figures.all();
    }

    /** The JVM of one sample. */
    static final class Sample {

        /** Each is told once to a stream, and this is the order of a backend's life. */
        private static final List<String> STATUSES = List.of("loading", "starting", "waiting", "ready");

        private static final int LIMIT_SECONDS = 120;

        private final int port;
        private final OpenStream opener;
        private final HttpClient control = HttpClient.newHttpClient();
        private volatile CountDownLatch expected = new CountDownLatch(0);

        private Sample(int port, String candidate) {
            this.port = port;
            opener = candidate.equals(BARE)
                    ? OpenStream.bare(port, () -> expected.countDown())
                    : OpenStream.client(port, () -> expected.countDown());
        }

        /** Candidate, port, streams. */
        public static void main(String... args) {
            Fork.end(() -> {
                int streams = Integer.parseInt(args[2]);
                Sample sample = new Sample(Integer.parseInt(args[1]), args[0]);
                sample.warmUp(Math.min(streams, 1_000));
                sample.measure(streams);
            });
        }

        private void warmUp(int streams) throws Exception {
            long files = Usage.openFiles();
            OpenStream.Group group = open(streams, "warm");
            for (String status : STATUSES) {
                broadcast(streams, status);
            }
            group.close();
            awaitFiles(files);
            StubServer.broadcast(control, port, "end");
        }

        private void measure(int streams) throws Exception {
            long heap = Usage.heap();
            long resident = Usage.residentKibibytes();
            long files = Usage.openFiles();
            Usage start = Usage.now();
            OpenStream.Group group = open(streams, "measured");
            Usage opened = Usage.now();
            Fork.tell("time to open one", "µs", start.secondsUntil(opened) * 1e6 / streams);
            Fork.tell("CPU to open one", "µs", start.cpuMicrosUntil(opened) / streams);
            Fork.tell("threads", "threads", Usage.threads());
            Fork.tell("heap of one at rest", "KiB", (Usage.heap() - heap) / 1024.0 / streams);
            Fork.tell("resident memory of one", "KiB", (Usage.residentKibibytes() - resident) / (double) streams);
            for (String status : STATUSES) {
                Usage before = Usage.now();
                broadcast(streams, status);
                Fork.tell("CPU an event", "µs", before.cpuMicrosUntil(Usage.now()) / streams);
            }
            long open = Usage.openFiles();
            Usage before = Usage.now();
            group.close();
            long left = awaitFiles(files);
            Fork.tell("time to close one", "µs", before.secondsUntil(Usage.now()) * 1e6 / streams);
            Fork.tell("connections left", "%", 100.0 * left / Math.max(1, open - files));
        }

        private OpenStream.Group open(int streams, String prefix) throws InterruptedException {
            CountDownLatch first = expect(streams);
            OpenStream.Group group = new OpenStream.Group();
            for (int i = 0; i < streams; i++) {
                group.add(opener, prefix + i);
            }
            await(first, streams);
            group.awaitOpen();
            return group;
        }

        private void broadcast(int streams, String status) throws IOException, InterruptedException {
            CountDownLatch told = expect(streams);
            StubServer.broadcast(control, port, status);
            await(told, streams);
        }

        private CountDownLatch expect(int streams) {
            CountDownLatch latch = new CountDownLatch(streams);
            expected = latch;
            return latch;
        }

        private static void await(CountDownLatch latch, int streams) throws InterruptedException {
            if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(latch.getCount() + " of " + streams + " streams were told nothing");
            }
        }

        /** Waits until the connections are closed, but for the few of calls; tells how many are left after 20 s. */
        private static long awaitFiles(long files) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            long left = Usage.openFiles() - files;
            while (left > OpenStream.AT_ONCE && System.nanoTime() - deadline < 0) {
                TimeUnit.MILLISECONDS.sleep(2);
                left = Usage.openFiles() - files;
            }
            return Math.max(0, left - OpenStream.AT_ONCE);
        }
    }
}
