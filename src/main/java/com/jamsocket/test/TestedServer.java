package com.jamsocket.test;

import com.jamsocket.BackendStatus;
import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneSettings;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.VirtualTime;
import java.time.Duration;
import java.util.List;

/**
 * What one test has.
 *
 * @param server the server
 * @param client a client of it
 * @param virtualTime whether it has a time that is moved
 */
record TestedServer(JamsocketDevServer server, Jamsocket client, boolean virtualTime) implements AutoCloseable {

    private static final List<Class<?>> TYPES = List.of(JamsocketDevServer.class, Jamsocket.class, VirtualTime.class);

    static TestedServer start(JamsocketTest test, ServerSetup setup, List<InjectFault> faults) {
        JamsocketDevServer.Builder builder = JamsocketDevServer.builder();
        if (test.virtualTime()) {
            builder.virtualTime();
        }
        setup.setUp(builder);
        JamsocketDevServer server = builder.start();
        try {
            faults.forEach(fault -> server.inject(fault(fault)));
            return new TestedServer(server, client(server, test.plane()), test.virtualTime());
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static Jamsocket client(JamsocketDevServer server, boolean plane) {
        return plane
                ? Jamsocket.builder()
                        .plane(PlaneSettings.builder(server.url())
                                .image("example/backend:1")
                                .build())
                        .build()
                : Jamsocket.dev(server.port());
    }

    private static Fault fault(InjectFault fault) {
        int seconds = fault.retryAfterSeconds();
        return new Fault(
                fault.value(),
                fault.at(),
                fault.on(),
                fault.times(),
                fault.status(),
                seconds < 0 ? null : Duration.ofSeconds(seconds),
                null,
                fault.event() == BackendStatus.UNKNOWN ? null : fault.event());
    }

    /** Whether parameters of this type are given something. */
    static boolean knows(Class<?> type) {
        return TYPES.contains(type);
    }

    /** Whether there is something for fields of this type. */
    boolean has(Class<?> type) {
        return knows(type) && (type != VirtualTime.class || virtualTime);
    }

    /** What is given to a parameter or a field of this type. */
    Object get(Class<?> type) {
        if (type == JamsocketDevServer.class) {
            return server;
        }
        return type == Jamsocket.class ? client : server.time();
    }

    /** Closes the client, then the server. */
    @Override
    public void close() {
        try {
            client.close();
        } finally {
            server.close();
        }
    }

    /** How the backends lived, and what was asked. */
    String report() {
        return ServerReport.of(server);
    }
}
