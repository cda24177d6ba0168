package com.jamsocket.bench;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.StatusSubscription;
import com.jamsocket.cdi.BenchContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What events cost an application: each state of each backend by {@code @Observes BackendState}, against the same
 * states by listeners of {@code statusStream}; and what {@code connect} costs on an injected client, which follows each
 * backend that it connects to. Arguments: the file of figures, the number of rounds, the number of backends.
 */
public final class CdiRun {

    private static final String LISTENERS = "listeners";
    private static final String OBSERVER = "@Observes";
    private static final int LIMIT_SECONDS = 120;

    private static volatile CountDownLatch expected = new CountDownLatch(0);

    private CdiRun() {}

    /** Measures, prints a table, and puts the figures into the file. */
    public static void main(String... args) throws Exception {
        Arguments arguments = new Arguments(args);
        arguments.conclude(measure(arguments.number(1, 3), arguments.number(2, 2000)));
    }

    static List<Figure> measure(int rounds, int backends) throws IOException, InterruptedException {
        Figures figures = new Figures("cdi");
        for (int round = 0; round < rounds; round++) {
            for (String candidate : List.of(LISTENERS, OBSERVER)) {
                try (StubServer stub = StubServer.start()) {
                    figures.sample(
                            Fork.java(Sample.class, candidate, String.valueOf(stub.port()), String.valueOf(backends)),
                            backends + " backends: ",
                            candidate,
                            LISTENERS);
                }
            }
        }
        return figures.all();
    }

    /** Hears of every state of every backend. */
    @ApplicationScoped
    static class Observer {
        void on(@Observes BackendState state) {
            expected.countDown();
        }
    }

    /** The JVM of one sample. */
    static final class Sample {

        private final int port;
        private final int backends;

        private Sample(int port, int backends) {
            this.port = port;
            this.backends = backends;
        }

        /** Candidate, port, backends. */
        public static void main(String... args) {
            Fork.end(() -> {
                Sample sample = new Sample(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
                if (args[0].equals(LISTENERS)) {
                    sample.listen();
                } else {
                    sample.observe();
                }
            });
        }

        private void listen() throws Exception {
            List<StatusSubscription> open = new ArrayList<>();
            try (Jamsocket client = Jamsocket.builder().dev(port).build()) {
                measure(client, id -> open.add(client.statusStream(id, state -> expected.countDown())));
                open.forEach(StatusSubscription::close);
            }
        }

        private void observe() throws Exception {
            try (SeContainer container = BenchContainer.start(port, Observer.class)) {
                measure(container.select(Jamsocket.class).get(), id -> {});
            }
        }

        /** Twice: what was compiled for the first backends serves the second. */
        private void measure(Jamsocket client, Consumer<String> follow) throws Exception {
            for (boolean measured : new boolean[] {false, true}) {
                expected = new CountDownLatch(backends);
                Usage before = Usage.now();
                for (int i = 0; i < backends; i++) {
                    follow.accept(client.connect(
                                    ConnectRequest.builder().key("room-" + i).build())
                            .backendId());
                }
                await();
                tell(measured, "CPU to connect and follow", before);
                for (String status : StubServer.STATUSES) {
                    expected = new CountDownLatch(backends);
                    Usage start = Usage.now();
                    StubServer.broadcast(port, status);
                    await();
                    tell(measured, "CPU a state", start);
                }
                if (!measured) {
                    expected = new CountDownLatch(backends);
                    StubServer.broadcast(port, "terminated");
                    await();
                }
            }
        }

        private void tell(boolean measured, String measure, Usage before) {
            if (measured) {
                Fork.tell(measure, "µs", before.cpuMicrosUntil(Usage.now()) / backends);
            }
        }

        private static void await() throws InterruptedException {
            if (!expected.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(expected.getCount() + " states were not told");
            }
        }
    }
}
