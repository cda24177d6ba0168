package com.jamsocket.bench;

import com.jamsocket.Jamsocket;
import com.jamsocket.cdi.BenchContainer;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What the first {@code connect} of a JVM costs, against the first call over bare Jersey, and what a CDI container
 * costs with this client, against one without. Arguments: the file of figures, the number of rounds.
 */
public final class StartRun {

    private static final String JERSEY = "Jersey, String";
    private static final String WELD = "Weld, Jersey, String";
    private static final List<String> CANDIDATES =
            List.of(JERSEY, "connect with key", "connect without key", WELD, "Weld, injected connect");

    private StartRun() {}

    /** Measures, prints a table, and puts the figures into the file. */
    public static void main(String... args) throws Exception {
        Arguments arguments = new Arguments(args);
        arguments.conclude(measure(arguments.number(1, 7)));
    }

    static List<Figure> measure(int rounds) throws IOException, InterruptedException {
        Figures figures = new Figures("start");
        try (StubServer stub = StubServer.start()) {
            // The stub's own first answer and what the system has to read from disk are nobody's.
            new Figures("start").sample(sample(CANDIDATES.get(1), stub), "", "", "");
            for (int round = 0; round < rounds; round++) {
                for (String candidate : CANDIDATES) {
                    figures.sample(
                            sample(candidate, stub), "", candidate, candidate.startsWith("Weld") ? WELD : JERSEY);
                }
            }
        }
        return figures.all();
    }

    private static Fork sample(String candidate, StubServer stub) throws IOException {
        return Fork.java(Sample.class, candidate, String.valueOf(stub.port()));
    }

    /** The JVM of one sample. */
    static final class Sample {

        private Sample() {}

        /** Candidate, port. */
        public static void main(String... args) {
            Fork.end(() -> measure(call(args[0], Integer.parseInt(args[1]))));
        }

        @SuppressWarnings("resource") // lives as long as the JVM of the sample
        private static Callable<?> call(String candidate, int port) {
            return switch (candidate) {
                case JERSEY -> CallsRun.jersey(port);
                case "connect with key" -> CallsRun.connect(port, CallsRun.KEYED);
                case "connect without key" -> CallsRun.connect(port, CallsRun.WITHOUT_KEY);
                case WELD -> {
                    SeContainerInitializer.newInstance()
                            .disableDiscovery()
                            .addBeanClasses(StubServer.class)
                            .initialize();
                    yield CallsRun.jersey(port);
                }
                case "Weld, injected connect" -> {
                    SeContainer container = BenchContainer.start(port);
                    yield () -> container.select(Jamsocket.class).get().connect(CallsRun.KEYED);
                }
                default -> throw new IllegalArgumentException(candidate);
            };
        }

        private static void measure(Callable<?> call) throws Exception {
            call.call();
            double millis = Usage.millisSinceStart();
            double cpu = Usage.cpuMillis();
            int classes = Usage.loadedClasses();
            Fork.tell("CPU to first answer", "ms", cpu);
            Fork.tell("JVM to first answer", "ms", millis);
            Fork.tell("classes loaded", "classes", classes);
        }
    }
}
