package com.jamsocket.streams;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.testkit.Dialect;
import com.jamsocket.testkit.Eventually;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A server whose backends are moved by hand, and a client of it. */
final class World implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final JamsocketDevServer server;
    private @Nullable Jamsocket client;

    private World(JamsocketDevServer server, Jamsocket client) {
        this.server = server;
        this.client = client;
    }

    /** With the defaults, but for the delays. */
    static World patient(Dialect dialect) {
        return of(dialect, client -> client);
    }

    /** With a client that asks often whether its streams are alive. */
    static World watchful(Dialect dialect) {
        return of(dialect, World::watchful);
    }

    /** Has a client ask often whether its streams are alive. */
    static Jamsocket.Builder watchful(Jamsocket.Builder client) {
        return client.statusCheckInterval(Duration.ofMillis(500)).silenceLimit(Duration.ofMillis(500));
    }

    /** With a client to order. */
    static World of(Dialect dialect, UnaryOperator<Jamsocket.Builder> settings) {
        JamsocketDevServer server = JamsocketDevServer.builder()
                .lifecycle(Lifecycle.manual())
                .keepalive(Duration.ofMillis(100))
                .start();
        return new World(
                server,
                settings.apply(dialect.clientWithoutRetries(server.url())).build());
    }

    /** A new backend, and no connection left from the call for it. */
    String backend() {
        String id = client().connect().backendId();
        server.dropConnections();
        return id;
    }

    JamsocketDevServer server() {
        return server;
    }

    Jamsocket client() {
        return Objects.requireNonNull(client);
    }

    /** Follows a backend, however often the server has to be tried until it is there. */
    StatusSubscription follow(String backendId, StatusListener listener) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                return client().statusStream(backendId, listener);
            } catch (JamsocketConnectionException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Closes the client and forgets it: on Java 17 its selector ends when nobody can reach it any more. */
    void closeClient() {
        client().close();
        client = null;
    }

    void expectNothingLeft() {
        Eventually.afterCollection("no connection is left", () -> server.connections() == 0);
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        server.close();
    }
}
