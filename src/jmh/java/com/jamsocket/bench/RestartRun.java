package com.jamsocket.bench;

import com.jamsocket.Jamsocket;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What status streams of ready backends cost while their server is down, and how soon all are back once it has started
 * again: the target is a second, and 1.3 times as long as it took to open as many. Arguments: the file of figures, the
 * number of rounds, the milliseconds for which the server is down, the numbers of streams.
 */
public final class RestartRun {

    private static final String STREAMS = "statusStream";

    private RestartRun() {}

    /** Measures, prints a table, and puts the figures into the file. */
    public static void main(String... args) throws Exception {
        Arguments arguments = new Arguments(args);
        arguments.conclude(
                measure(arguments.number(1, 3), arguments.number(2, 10_000), arguments.numbers(3, List.of(10_000))));
    }

    static List<Figure> measure(int rounds, int millisDown, List<Integer> sizes)
            throws IOException, InterruptedException {
        Figures figures = new Figures("restart");
        for (int size : sizes) {
            for (int round = 0; round < rounds; round++) {
                figures.sample(
                        Fork.java(Sample.class, String.valueOf(size), String.valueOf(millisDown)),
                        size + " streams: ",
                        STREAMS,
                        STREAMS);
            }
        }
        return figures.all();
    }

    /** The JVM of one sample, which has started the server too. */
    static final class Sample {

        private static final long LIMIT = TimeUnit.MINUTES.toNanos(2);

        private StubServer server = StubServer.start();

        private Sample() throws IOException {}

        /** Streams, and for how many milliseconds the server is down. */
        public static void main(String... args) {
            Fork.end(() -> new Sample().measure(Integer.parseInt(args[0]), Integer.parseInt(args[1])));
        }

        /** The second restart is measured: what was compiled for the first serves it. */
        private void measure(int streams, int millisDown) throws Exception {
            try (Jamsocket client = Jamsocket.builder().dev(server.port()).build()) {
                OpenStream.Group warm = open(client, streams, "warm");
                warm.close();
                StubServer.broadcast(server.port(), "end");
                Usage opening = Usage.now();
                OpenStream.Group open = open(client, streams, "measured");
                double seconds = opening.secondsUntil(Usage.now());
                for (String status : StubServer.STATUSES) {
                    StubServer.broadcast(server.port(), status);
                }
                restart(streams, millisDown, (measure, unit, value) -> {});
                Fork.tell("time to open all", "s", seconds);
                double secondsBack = restart(streams, millisDown, Fork::tell);
                Fork.tell("time until all were back, to the target", "%", 100 * secondsBack / (1 + 1.3 * seconds));
                open.close();
            } finally {
                server.close();
            }
        }

        private double restart(int streams, int millisDown, Fork.Told told) throws Exception {
            long heap = Usage.heap();
            int port = server.port();
            server.close();
            Usage down = Usage.now();
            TimeUnit.MILLISECONDS.sleep(millisDown / 2);
            Usage half = Usage.now();
            TimeUnit.MILLISECONDS.sleep(millisDown / 2);
            Usage up = Usage.now();
            told.add("cores used while down", "cores", cores(down, up));
            told.add("the same in the second half", "cores", cores(half, up));
            told.add("heap while down, to before", "%", 100.0 * Usage.heap() / heap);
            server = StubServer.start(port);
            Usage started = Usage.now();
            awaitStreams(streams);
            Usage back = Usage.now();
            told.add("CPU until one is back", "µs", started.cpuMicrosUntil(back) / streams);
            told.add("time until all were back", "s", started.secondsUntil(back));
            return started.secondsUntil(back);
        }

        private OpenStream.Group open(Jamsocket client, int streams, String prefix) throws Exception {
            OpenStream.Group open = OpenStream.Group.open(OpenStream.of(client, () -> {}), streams, prefix);
            awaitStreams(streams);
            return open;
        }

        private static double cores(Usage from, Usage to) {
            return from.cpuMicrosUntil(to) / 1e6 / from.secondsUntil(to);
        }

        private void awaitStreams(int streams) throws Exception {
            long end = System.nanoTime() + LIMIT;
            int port = server.port();
            for (int open = StubServer.streams(port); open < streams; open = StubServer.streams(port)) {
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException("only " + open + " of " + streams + " streams are open");
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }
}
