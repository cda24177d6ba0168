package com.jamsocket.testkit;

import com.example.ends.Report;
import com.example.ends.Visit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A long run: nodes connect a hundred times a second to backends of 500 keys, some of which they terminate, while the
 * development server is killed twice. In the end each node has been told one end of every backend that it has connected
 * to, whichever way that ended.
 */
public final class EndsDriver {

    private static final int KEYS = 500;
    private static final int CONNECTS_PER_SECOND = 100;
    private static final int ONE_IN_SO_MANY_ENDS = 10;
    private static final int KILLS = 2;
    private static final int CALLERS = 64;
    private static final Duration OUTAGE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Random chance = new Random(1);
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final Set<String> spawned = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> serverCommand;
    private final List<Connections> nodes;
    private Process server;

    /** A node, with an application of {@code com.example.ends}. */
    public interface Node {
        Visit visit(String key, boolean last);

        int terminateTheRest();

        int followed();

        Report report();
    }

    /** A node, and what it has connected to. */
    private record Connections(Node node, Set<String> backends) {
        Connections(Node node) {
            this(node, ConcurrentHashMap.newKeySet());
        }
    }

    /** With a command that starts the development server. */
    public EndsDriver(List<String> serverCommand, List<Node> nodes) {
        this.serverCommand = serverCommand;
        this.nodes = nodes.stream().map(Connections::new).toList();
    }

    /** Runs for so long; prints what came of it, and returns what is wrong with that. */
    public List<String> run(Duration time) throws InterruptedException {
        startServer();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            long start = System.nanoTime();
            int calls = 0;
            int kills = 0;
            while (since(start).compareTo(time) < 0) {
                Connections node = nodes.get(calls % nodes.size());
                String key = "k" + chance.nextInt(KEYS);
                boolean last = chance.nextInt(ONE_IN_SO_MANY_ENDS) == 0;
                callers.execute(() -> visit(node, key, last));
                calls++;
                if (kills < KILLS && since(start).compareTo(share(time, kills + 1)) > 0) {
                    kills++;
                    System.out.printf("%s: kill %d%n", since(start), kills);
                    server.destroyForcibly().waitFor();
                } else if (!server.isAlive()
                        && since(start).compareTo(share(time, kills).plus(OUTAGE)) > 0) {
                    startServer();
                }
                // By the clock, not by pauses: what a busy machine has held up is made up for.
                long due = start + TimeUnit.SECONDS.toNanos(calls) / CONNECTS_PER_SECOND;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            }
            callers.shutdown();
            boolean quiet = callers.awaitTermination(2, TimeUnit.MINUTES);
            double seconds = since(start).toMillis() / 1e3;
            System.out.printf(
                    "%.0f s: %d calls, %.1f a second; %d answered with a backend, %.1f a second; all ended: %s%n",
                    seconds, calls, calls / seconds, answered.get(), answered.get() / seconds, quiet);
            nodes.forEach(node -> System.out.printf(
                    "the rest is terminated; refused %d times%n", node.node().terminateTheRest()));
            awaitEnds();
            return judge();
        } finally {
            callers.shutdownNow();
            server.destroyForcibly().waitFor();
        }
    }

    private void visit(Connections node, String key, boolean last) {
        Visit visit = node.node().visit(key, last);
        if (visit.backend != null) {
            answered.incrementAndGet();
            node.backends().add(visit.backend);
            if (visit.spawned) {
                spawned.add(visit.backend);
            }
        }
        if (visit.failure != null) {
            String what = visit.backend == null ? "connect" : "terminate";
            failures.computeIfAbsent(what + " " + visit.failure, absent -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    private void awaitEnds() throws InterruptedException {
        long start = System.nanoTime();
        while (nodes.stream().anyMatch(node -> node.node().followed() > 0)
                && since(start).compareTo(PATIENCE) < 0) {
            TimeUnit.SECONDS.sleep(1);
        }
        // For what would come twice.
        TimeUnit.SECONDS.sleep(10);
    }

    private List<String> judge() {
        System.out.printf(
                "%d backends spawned, as far as answers told; calls that failed: %s%n",
                spawned.size(), new TreeMap<>(failures));
        return nodes.stream().flatMap(node -> judge(node).stream()).toList();
    }

    private static List<String> judge(Connections node) {
        Report report = node.node().report();
        Map<String, Long> how = report.ends.values().stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(end -> end, TreeMap::new, Collectors.counting()));
        Set<String> missing = node.backends().stream()
                .filter(id -> !report.ends.containsKey(id))
                .collect(Collectors.toSet());
        Map<String, List<String>> twice = report.ends.entrySet().stream()
                .filter(ends -> ends.getValue().size() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        System.out.printf(
                "node: connected to %d backends, told the end of %d, those of calls that failed later included: %s;"
                        + " missing %s; told twice %s; states after an end %d; %s%n",
                node.backends().size(),
                report.ends.size(),
                how,
                missing,
                twice,
                report.statesAfterAnEnd,
                report.diagnostics);
        return List.of(
                        missing.isEmpty() ? "" : missing.size() + " ends are missing",
                        twice.isEmpty() ? "" : twice.size() + " ends were told twice",
                        report.statesAfterAnEnd == 0 ? "" : "states came after an end",
                        report.followed == 0 ? "" : report.followed + " are still followed",
                        node.backends().isEmpty() ? "nothing was connected to" : "")
                .stream()
                .filter(problem -> !problem.isEmpty())
                .toList();
    }

    private void startServer() {
        try {
            server = new ProcessBuilder(serverCommand)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the server is killed for the nth time. */
    private static Duration share(Duration time, int kill) {
        return time.multipliedBy(kill).dividedBy(KILLS + 1);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
