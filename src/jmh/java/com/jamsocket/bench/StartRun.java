package com.jamsocket.bench;

import com.jamsocket.ConnectRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What the first {@code connect} of a JVM costs, against the first call over bare Jersey. Arguments: the file of
 * figures, the number of rounds.
 */
public final class StartRun {

    private static final String JERSEY = "Jersey, String";
    private static final List<String> CANDIDATES = List.of(JERSEY, "connect with key", "connect without key");

    private StartRun() {}

    /** Measures, prints a table, and puts the figures into the file. */
    public static void main(String... args) throws Exception {
        List<Figure> figures = measure(args.length > 1 ? Integer.parseInt(args[1]) : 7);
        System.out.print(Figures.table(figures));
        Figures.write(Path.of(args.length > 0 ? args[0] : "docs/performance.json"), figures);
    }

    static List<Figure> measure(int rounds) throws IOException, InterruptedException {
        Figures figures = new Figures("start");
        try (StubServer stub = StubServer.start()) {
            // The stub's own first answer and what the system has to read from disk are nobody's.
            Fork.sample(Sample.class, told -> {}, CANDIDATES.get(1), String.valueOf(stub.port()));
            for (int round = 0; round < rounds; round++) {
                for (String candidate : CANDIDATES) {
                    Fork.sample(
                            Sample.class,
                            told -> figures.add(told[0], told[1], candidate, JERSEY, Double.parseDouble(told[2])),
                            candidate,
                            String.valueOf(stub.port()));
                }
            }
        }
        return figures.all();
    }

    /** The JVM of one sample. */
    static final class Sample {

        private Sample() {}

        /** Candidate, port. */
        public static void main(String... args) {
            Fork.end(() -> measure(args));
        }

        private static void measure(String... args) throws Exception {
            int port = Integer.parseInt(args[1]);
            Callable<?> call =
                    switch (args[0]) {
                        case JERSEY -> CallsRun.jersey(port);
                        case "connect with key" ->
                            CallsRun.connect(
                                    port, ConnectRequest.builder().key("room-1").build());
                        case "connect without key" ->
                            CallsRun.connect(port, ConnectRequest.builder().build());
                        default -> throw new IllegalArgumentException(args[0]);
                    };
            call.call();
            double millis = Usage.millisSinceStart();
            double cpu = Usage.cpuMillis();
            int classes = Usage.loadedClasses();
            Fork.tell("JVM to first answer", "ms", millis);
            Fork.tell("CPU to first answer", "ms", cpu);
            Fork.tell("classes loaded", "classes", classes);
        }
    }
}
