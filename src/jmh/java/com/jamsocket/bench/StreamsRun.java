package com.jamsocket.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What status streams cost to open, to hold, to hear from and to close, against a bare {@code java.net.http} client and
 * a reader on Node, which make the same two requests and read the same JSON. All are asked for streams without
 * blocking, 256 at a time. While backends start this client also asks for their status every few seconds, which is over
 * before the last event, for backends that have been ready for a while. Arguments: the file of figures, the number of
 * rounds, the milliseconds of that while, the numbers of streams.
 */
public final class StreamsRun {

    private static final String BARE = "java.net.http";
    private static final String NODE = "Node";

    private StreamsRun() {}

    /** Measures, prints a table, and puts the figures into the file. */
    public static void main(String... args) throws Exception {
        Arguments arguments = new Arguments(args);
        arguments.conclude(measure(
                arguments.number(1, 3), arguments.number(2, 7000), arguments.numbers(3, List.of(100, 1_000, 10_000))));
    }

    static List<Figure> measure(int rounds, int restMillis, List<Integer> sizes)
            throws IOException, InterruptedException {
        Figures figures = new Figures("streams");
        List<String> candidates = Fork.hasNode() ? List.of(BARE, "statusStream", NODE) : List.of(BARE, "statusStream");
        for (int size : sizes) {
            for (int round = 0; round < rounds; round++) {
                for (String candidate : candidates) {
                    try (StubServer stub = StubServer.start()) {
                        figures.sample(
                                sample(candidate, stub.port(), size, restMillis), size + " streams: ", candidate, BARE);
                    }
                }
            }
        }
        return figures.all();
    }

    private static Fork sample(String candidate, int port, int size, int restMillis) throws IOException {
        String[] args = {candidate, String.valueOf(port), String.valueOf(size), String.valueOf(restMillis)};
        return candidate.equals(NODE) ? Fork.node("streams.mjs", args) : Fork.java(Sample.class, args);
    }

    /** The JVM of one sample. */
    static final class Sample {

        private static final int LIMIT_SECONDS = 120;

        private final int port;
        private final OpenStream opener;
        private final int threads = Usage.threads();
        private volatile CountDownLatch expected = new CountDownLatch(0);

        private Sample(int port, String candidate) {
            this.port = port;
            opener = candidate.equals(BARE)
                    ? OpenStream.bare(port, () -> expected.countDown())
                    : OpenStream.client(port, () -> expected.countDown());
        }

        /** Candidate, port, streams, milliseconds of rest. */
        public static void main(String... args) {
            Fork.end(() -> {
                int streams = Integer.parseInt(args[2]);
                Sample sample = new Sample(Integer.parseInt(args[1]), args[0]);
                sample.warmUp(Math.min(streams, 1_000));
                sample.measure(streams, Integer.parseInt(args[3]));
            });
        }

        private void warmUp(int streams) throws Exception {
            OpenStream.Group group = open(streams, "warm");
            for (String status : StubServer.STATUSES) {
                broadcast(streams, status);
            }
            group.close();
            awaitClosed();
            StubServer.broadcast(port, "end");
        }

        private void measure(int streams, int restMillis) throws Exception {
            long heap = Usage.heap();
            long resident = Usage.residentKibibytes();
            long files = Usage.openFiles();
            Usage start = Usage.now();
            OpenStream.Group group = open(streams, "measured");
            Usage opened = Usage.now();
            Fork.tell("time to open one", "µs", start.secondsUntil(opened) * 1e6 / streams);
            Fork.tell("CPU to open one", "µs", start.cpuMicrosUntil(opened) / streams);
            Fork.tell("threads more", "threads", Usage.threads() - threads);
            Fork.tell("heap of one at rest", "KiB", (Usage.heap() - heap) / 1024.0 / streams);
            Fork.tell("resident memory of one", "KiB", (Usage.residentKibibytes() - resident) / (double) streams);
            for (String status : StubServer.STATUSES) {
                Usage before = Usage.now();
                broadcast(streams, status);
                Fork.tell("CPU an event", "µs", before.cpuMicrosUntil(Usage.now()) / streams);
            }
            TimeUnit.MILLISECONDS.sleep(restMillis);
            Usage rested = Usage.now();
            broadcast(streams, "terminating");
            Fork.tell("CPU an event of a ready backend", "µs", rested.cpuMicrosUntil(Usage.now()) / streams);
            Usage before = Usage.now();
            group.close();
            Closed closed = awaitClosed();
            Fork.tell("time to close one", "µs", before.secondsUntil(closed.last) * 1e6 / streams);
            Fork.tell("CPU to close one", "µs", before.cpuMicrosUntil(closed.last) / streams);
            Fork.tell("connections left", "connections", (double) Math.max(0, closed.files - files));
        }

        private OpenStream.Group open(int streams, String prefix) throws InterruptedException {
            CountDownLatch first = expect(streams);
            OpenStream.Group group = OpenStream.Group.open(opener, streams, prefix);
            await(first, streams);
            return group;
        }

        private void broadcast(int streams, String status) throws IOException, InterruptedException {
            CountDownLatch told = expect(streams);
            StubServer.broadcast(port, status);
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

        /** When the last connection was closed, and how many files are left: each client keeps some idle ones. */
        private record Closed(Usage last, long files) {}

        /** Waits until no connection has been closed for half a second. */
        private static Closed awaitClosed() throws InterruptedException {
            Closed closed = new Closed(Usage.now(), Usage.openFiles());
            while (closed.last.secondsUntil(Usage.now()) < 0.5) {
                TimeUnit.MILLISECONDS.sleep(2);
                long files = Usage.openFiles();
                if (files < closed.files) {
                    closed = new Closed(Usage.now(), files);
                }
            }
            return closed;
        }
    }
}
