package com.jamsocket.cdi;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketException;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.internal.cdi.ApplicationScan;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
 * A long run: two nodes connect a hundred times a second to backends of 500 keys, some of which they terminate, while
 * the development server is killed twice. In the end each node has been told one end of every backend that it has
 * connected to, whichever way that ended. The argument is the number of minutes.
 */
public final class EndsRun {

    private static final int KEYS = 500;
    private static final int CONNECTS_PER_SECOND = 100;
    private static final int ONE_IN_SO_MANY_ENDS = 10;
    private static final Duration OUTAGE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Random chance = new Random(1);
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final Set<String> spawned = ConcurrentHashMap.newKeySet();
    private final int port;
    private Process server;

    private EndsRun(int port) {
        this.port = port;
    }

    /** A container with an application that counts. */
    private static final class Node implements AutoCloseable {
        private final SeContainer container;
        private final Jamsocket client;
        private final Set<String> connected = ConcurrentHashMap.newKeySet();

        Node() {
            container = SeContainerInitializer.newInstance()
                    .disableDiscovery()
                    .addExtensions(new ApplicationScan())
                    .addBeanClasses(Clients.class, ClientFactory.class, JamsocketProducer.class, Ends.class)
                    .initialize();
            client = container.select(Jamsocket.class).get();
        }

        Map<String, List<BackendEnd>> ends() {
            return container.select(Ends.class).get().told();
        }

        @Override
        public void close() {
            container.close();
        }
    }

    /** The end events of a node. */
    @ApplicationScoped
    static class Ends {
        private final Map<String, List<BackendEnd>> told = new ConcurrentHashMap<>();
        private final AtomicInteger afterTheEnd = new AtomicInteger();

        void on(@Observes BackendEvent event) {
            if (told.containsKey(event.backendId())) {
                afterTheEnd.incrementAndGet();
            }
        }

        void on(@Observes BackendEnd end) {
            told.merge(end.backendId(), List.of(end), (before, now) -> {
                List<BackendEnd> all = new ArrayList<>(before);
                all.addAll(now);
                return List.copyOf(all);
            });
        }

        Map<String, List<BackendEnd>> told() {
            return told;
        }

        int afterTheEnd() {
            return afterTheEnd.get();
        }
    }

    /** Runs for so many minutes, and exits with 1 if an end is missing or told twice. */
    public static void main(String... args) throws Exception {
        double minutes = args.length == 0 ? 20 : Double.parseDouble(args[0]);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        System.setProperty("jamsocket.dev", "true");
        System.setProperty("jamsocket.dev-port", Integer.toString(port));
        boolean good = new EndsRun(port).run(Duration.ofMillis((long) (minutes * 60_000)));
        System.exit(good ? 0 : 1);
    }

    private boolean run(Duration time) throws Exception {
        startServer();
        ExecutorService callers = Executors.newFixedThreadPool(32);
        try (Node a = new Node();
                Node b = new Node()) {
            List<Node> nodes = List.of(a, b);
            long start = System.nanoTime();
            int kills = 0;
            for (int call = 0; since(start).compareTo(time) < 0; call++) {
                Node node = nodes.get(call % 2);
                String key = "k" + chance.nextInt(KEYS);
                boolean ends = chance.nextInt(ONE_IN_SO_MANY_ENDS) == 0;
                callers.execute(() -> connect(node, key, ends));
                if (kills < 2
                        && since(start).compareTo(time.multipliedBy(kills + 1).dividedBy(3)) > 0) {
                    kills++;
                    System.out.printf("%s: kill %d%n", since(start), kills);
                    killServer();
                }
                pause(Duration.ofSeconds(1).dividedBy(CONNECTS_PER_SECOND));
            }
            callers.shutdown();
            boolean quiet = callers.awaitTermination(2, TimeUnit.MINUTES);
            System.out.printf("%s: all calls have ended: %s; the rest is terminated%n", since(start), quiet);
            terminateTheRest(nodes);
            awaitEnds(nodes);
            return report(nodes);
        } finally {
            callers.shutdownNow();
            server.destroyForcibly().waitFor();
        }
    }

    private void connect(Node node, String key, boolean ends) {
        try {
            ConnectResponse response =
                    node.client.connect(ConnectRequest.builder().key(key).build());
            node.connected.add(response.backendId());
            if (response.spawned()) {
                spawned.add(response.backendId());
            }
            if (ends) {
                node.client.terminate(response.backendId(), TerminationKind.HARD);
            }
        } catch (JamsocketException e) {
            failures.computeIfAbsent(e.getClass().getSimpleName(), name -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    private void terminateTheRest(List<Node> nodes) {
        for (Node node : nodes) {
            // Those too whose answer came when its caller had given up.
            for (BackendInfo left :
                    node.container.select(BackendFollower.class).get().followed()) {
                String id = left.backendId();
                if (!node.ends().containsKey(id)) {
                    try {
                        node.client.terminate(id, TerminationKind.HARD);
                    } catch (JamsocketException e) {
                        // It has ended.
                        failures.computeIfAbsent("terminate " + e.getClass().getSimpleName(), x -> new AtomicInteger())
                                .incrementAndGet();
                    }
                }
            }
        }
    }

    private static void awaitEnds(List<Node> nodes) throws InterruptedException {
        long start = System.nanoTime();
        while (nodes.stream().anyMatch(node -> !node.ends().keySet().containsAll(node.connected))
                && since(start).compareTo(PATIENCE) < 0) {
            pause(Duration.ofMillis(200));
        }
        // For what would come twice.
        pause(Duration.ofSeconds(10));
    }

    private boolean report(List<Node> nodes) {
        boolean good = true;
        System.out.printf(
                "%d backends spawned, as far as answers told; calls that failed: %s%n", spawned.size(), failures);
        for (Node node : nodes) {
            Map<String, Integer> how = new TreeMap<>();
            node.ends()
                    .values()
                    .forEach(ends ->
                            ends.forEach(end -> how.merge(end.how().getClass().getSimpleName(), 1, Integer::sum)));
            Set<String> missing = node.connected.stream()
                    .filter(id -> !node.ends().containsKey(id))
                    .collect(Collectors.toSet());
            List<String> twice = node.ends().entrySet().stream()
                    .filter(ends -> ends.getValue().size() > 1)
                    .map(Object::toString)
                    .toList();
            int late = node.container.select(Ends.class).get().afterTheEnd();
            System.out.printf(
                    "node: connected to %d backends, told the end of %d, those of calls that failed later included: %s;"
                            + " missing %s; told twice %s; states after an end %d; %s%n",
                    node.connected.size(), node.ends().size(), how, missing, twice, late, node.client.diagnostics());
            good &= missing.isEmpty()
                    && twice.isEmpty()
                    && late == 0
                    && node.client.diagnostics().followedBackends() == 0;
        }
        System.out.println(good ? "GOOD" : "BAD");
        return good;
    }

    private void startServer() throws IOException {
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath(),
                        JamsocketDevServer.class.getName(),
                        "--port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String classPath() {
        String path = System.getProperty("java.class.path");
        if (path.contains("jakarta")) {
            return path;
        }
        // Run by Maven, whose own class path that is.
        URLClassLoader loader = (URLClassLoader) EndsRun.class.getClassLoader();
        return Arrays.stream(loader.getURLs())
                .map(url -> new File(url.getPath()).getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void killServer() throws InterruptedException, IOException {
        server.destroyForcibly().waitFor();
        pause(OUTAGE);
        startServer();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
