package com.jamsocket.streams;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketException;
import com.jamsocket.StatusListener;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.testkit.Dialect;
import com.jamsocket.testkit.ReservedPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A long run: 1,000 streams come and go, 200 calls are made a second, faults come by chance and the server, which
 * forgets its backends, is started anew every 20 seconds, but twice at least. In the end each stream has had one end,
 * and one that was told of {@code terminated} has told every state that the server sent; and no connection is left. The
 * argument is the number of minutes.
 */
public final class SoakRun {

    private static final int STREAMS = 1000;
    private static final int CALLS_PER_SECOND = 200;
    private static final Duration UP = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Random chance = new Random(1);
    private final Map<String, List<String>> sent = new ConcurrentHashMap<>();
    private final Map<String, Life> lives = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();
    private final ReservedPort port = new ReservedPort();
    private JamsocketDevServer server = server();

    /** What one stream has told. */
    private static final class Life implements StatusListener {
        final List<String> told = new ArrayList<>();
        final AtomicInteger ends = new AtomicInteger();
        volatile boolean whole;

        @Override
        public void onState(BackendState state) {
            told.add(state.statusName());
        }

        @Override
        public void onEnd(StreamEnd end) {
            whole = end instanceof StreamEnd.Terminated;
            ends.incrementAndGet();
        }
    }

    private SoakRun() {}

    /** Runs for so many minutes, and exits with 1 if a state or an end is missing or told twice. */
    public static void main(String... args) throws InterruptedException {
        double minutes = args.length == 0 ? 10 : Double.parseDouble(args[0]);
        System.exit(soak(Duration.ofMillis((long) (minutes * 60_000))) ? 0 : 1);
    }

    private JamsocketDevServer server() {
        return JamsocketDevServer.builder()
                .port(port.forServer())
                .keepalive(Duration.ofSeconds(1))
                .onChange((id, state) ->
                        sent.computeIfAbsent(id, absent -> new ArrayList<>()).add(state.statusName()))
                .start();
    }

    /** Runs for so long; tells whether all was as it should be. */
    static boolean soak(Duration time) throws InterruptedException {
        return new SoakRun().run(time);
    }

    private boolean run(Duration time) throws InterruptedException {
        try {
            boolean quiet = useClient(time);
            boolean nothingLeft = awaitNoConnections();
            print("the client is closed");
            return report() && quiet && nothingLeft;
        } finally {
            server.close();
            port.close();
        }
    }

    private boolean useClient(Duration time) throws InterruptedException {
        ExecutorService callers = Executors.newFixedThreadPool(32);
        Duration up = time.compareTo(UP.multipliedBy(3)) < 0 ? time.dividedBy(3) : UP;
        try (Jamsocket client = Dialect.JAMSOCKET.client(server.url()).build()) {
            print("begin");
            long start = System.nanoTime();
            int restarts = 0;
            while (since(start).compareTo(time) < 0) {
                callers.execute(() -> call(client));
                if (chance.nextInt(CALLS_PER_SECOND) == 0) {
                    server.inject(List.of(Fault.reset(), Fault.end(), Fault.halfEvent(), Fault.garbage(), Fault.slow())
                            .get(chance.nextInt(5)));
                }
                if (since(start).compareTo(up.multipliedBy(restarts + 1L)) > 0) {
                    restarts++;
                    server.close();
                    server = server();
                }
                TimeUnit.NANOSECONDS.sleep(Duration.ofSeconds(1).toNanos() / CALLS_PER_SECOND);
            }
            callers.shutdown();
            if (!callers.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return false;
            }
            for (String id : lives.keySet()) {
                end(client, id);
            }
            long asked = System.nanoTime();
            while (open() > 0 && since(asked).compareTo(PATIENCE) < 0) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            print("all streams have ended, " + restarts + " restarts");
            return true;
        } finally {
            callers.shutdownNow();
        }
    }

    /**
     * The JDK keeps a connection of a call for 5 to 10 seconds that nobody uses, whoever is closed; on 17 those of
     * streams until garbage is collected.
     */
    private boolean awaitNoConnections() throws InterruptedException {
        long asked = System.nanoTime();
        while (server.connections() > 0 && since(asked).compareTo(PATIENCE) < 0) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(500);
        }
        System.out.println("the last connection went " + since(asked) + " after the client was closed");
        return server.connections() == 0;
    }

    private long open() {
        return lives.values().stream().filter(life -> life.ends.get() == 0).count();
    }

    private void call(Jamsocket client) {
        try {
            if (open() < STREAMS) {
                String id = client.connect(ConnectRequest.builder()
                                .key("k" + System.nanoTime())
                                .build())
                        .backendId();
                Life life = new Life();
                client.statusStream(id, life);
                lives.put(id, life);
            } else {
                lives.entrySet().stream()
                        .filter(each -> each.getValue().ends.get() == 0)
                        .findAny()
                        .ifPresent(each -> end(client, each.getKey()));
            }
        } catch (JamsocketException e) {
            count(e);
        }
    }

    private void end(Jamsocket client, String id) {
        try {
            client.terminate(id, TerminationKind.HARD);
        } catch (JamsocketException e) {
            count(e);
        }
    }

    private void count(JamsocketException failure) {
        String kind = failure instanceof JamsocketApiException answer
                ? failure.getClass().getSimpleName() + " " + answer.statusCode()
                : failure.getClass().getSimpleName();
        outcomes.computeIfAbsent(kind, absent -> new AtomicInteger()).incrementAndGet();
    }

    private boolean report() {
        List<String> wrong = lives.entrySet().stream()
                .filter(each -> each.getValue().ends.get() != 1
                        || (each.getValue().whole && !each.getValue().told.equals(sent.get(each.getKey()))))
                .map(each -> each.getKey() + " sent " + sent.get(each.getKey()) + ", told " + each.getValue().told
                        + ", ends " + each.getValue().ends)
                .toList();
        long whole = lives.values().stream().filter(life -> life.whole).count();
        int states = lives.values().stream().mapToInt(life -> life.told.size()).sum();
        System.out.printf(
                "%d streams, %d of them to the end of their backend, %d states; failed calls %s%n",
                lives.size(), whole, states, new TreeMap<>(outcomes));
        wrong.stream().limit(10).forEach(System.out::println);
        System.out.println(wrong.isEmpty() ? "GOOD" : "BAD: " + wrong.size());
        return wrong.isEmpty();
    }

    private void print(String when) {
        System.gc();
        Runtime memory = Runtime.getRuntime();
        System.out.printf(
                "%s: %d threads, %d connections, %d MB of heap%n",
                when,
                Thread.getAllStackTraces().size(),
                server.connections(),
                (memory.totalMemory() - memory.freeMemory()) >> 20);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
