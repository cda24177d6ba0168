package com.jamsocket.cdi;

import com.example.ends.Ends;
import com.example.ends.Report;
import com.example.ends.Visit;
import com.example.ends.Visits;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.internal.cdi.ApplicationScan;
import com.jamsocket.testkit.EndsDriver;
import com.jamsocket.testkit.Jvm;
import com.jamsocket.testkit.ReservedPort;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.time.Duration;
import java.util.List;

/** The run of {@link EndsDriver} with two nodes on Weld SE. The argument is the number of minutes. */
public final class EndsRun {

    private EndsRun() {}

    /** A container with the application. */
    private static final class Node implements EndsDriver.Node, AutoCloseable {
        private final SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new ApplicationScan())
                .addBeanClasses(Clients.class, ClientFactory.class, JamsocketProducer.class, Ends.class, Visits.class)
                .initialize();
        private final Visits visits = container.select(Visits.class).get();

        @Override
        public Visit visit(String key, boolean last) {
            return visits.visit(key, last);
        }

        @Override
        public int terminateTheRest() {
            return visits.terminateTheRest();
        }

        @Override
        public int followed() {
            return visits.followed();
        }

        @Override
        public Report report() {
            return visits.report();
        }

        @Override
        public void close() {
            container.close();
        }
    }

    /** Runs for so many minutes, and exits with 1 if an end is missing or told twice. */
    public static void main(String... args) throws Exception {
        double minutes = args.length == 0 ? 20 : Double.parseDouble(args[0]);
        ReservedPort port = new ReservedPort();
        System.setProperty("jamsocket.dev", "true");
        System.setProperty("jamsocket.dev-port", Integer.toString(port.number()));
        List<String> problems;
        try (Node a = new Node();
                Node b = new Node()) {
            problems = new EndsDriver(server(port.forServer()), List.of(a, b))
                    .run(Duration.ofMillis((long) (minutes * 60_000)));
        }
        System.out.println(problems.isEmpty() ? "GOOD" : "BAD: " + problems);
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    private static List<String> server(int port) {
        return Jvm.command("-Xmx256m", JamsocketDevServer.class.getName(), "--port", Integer.toString(port));
    }
}
