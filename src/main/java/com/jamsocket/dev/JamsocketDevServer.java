package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.dev.api.DevServer;
import com.jamsocket.internal.dev.api.DevServerSettings;
import com.jamsocket.internal.dev.api.Faults;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.cluster.Cluster;
import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.HttpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * A server for development and tests, inside this JVM: stateful, on the loopback interface, in both dialects. What it
 * knows of a backend, the Jamsocket API ({@code /v2}) and Plane's controller ({@code /ctrl}, {@code /pub}) on the same
 * port tell alike, and its connection URLs are answered by a {@link BackendHandler}.
 *
 * <p>It differs from the servers it stands for where that helps: an unknown backend is a 404 in the Jamsocket dialect,
 * also for its stream, and ended backends are remembered, the last 10,000 of them.
 *
 * <p>All methods may be called by any thread, and see what was done before them; once it is closed, all but {@link
 * #url()}, {@link #port()} and {@link #close()} throw an {@link IllegalStateException}. It runs on one daemon thread,
 * and a few more for the handler. A client that does not read its stream is dropped when 4 MiB have piled up.
 */
public final class JamsocketDevServer implements AutoCloseable {

    private final DevServer server;

    private JamsocketDevServer(DevServerSettings settings) {
        try {
            this.server = new DevServer(settings);
        } catch (IOException e) {
            throw new UncheckedIOException("the development server cannot use port " + settings.port, e);
        }
    }

    /** A running server with the defaults, on a free port. */
    public static JamsocketDevServer start() {
        return builder().start();
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The base address for clients of either dialect, such as {@code http://127.0.0.1:41234/}. */
    public URI url() {
        return server.url();
    }

    /** The port. */
    public int port() {
        return server.url().getPort();
    }

    /** Shows the address. */
    @Override
    public String toString() {
        return "JamsocketDevServer[" + url() + "]";
    }

    /** The backends it knows, ended ones included, oldest first. */
    public List<BackendSnapshot> backends() {
        return server.read(
                cluster -> cluster.all().stream().map(BackendSnapshot::of).toList());
    }

    /** How many backends have been started. */
    public int spawnCount() {
        return server.read(Cluster::spawnCount);
    }

    /** Gives the next backend this id; called several times, the next ones in turn. */
    public void nextBackendId(String id) {
        Values.requireText(id, "id");
        server.change(cluster -> cluster.useNextId(id));
    }

    /**
     * Moves a backend on, as a cluster would.
     *
     * @return whether it moved: false for a state that is not further on
     * @throws IllegalArgumentException if there is no such backend
     */
    public boolean moveTo(String backendId, BackendState state) {
        Objects.requireNonNull(state, "state");
        return server.read(cluster -> cluster.move(known(cluster, backendId), state));
    }

    /**
     * Forgets a backend, as servers forget ended ones.
     *
     * @throws IllegalArgumentException if there is no such backend
     */
    public void forget(String backendId) {
        server.change(cluster -> cluster.forget(known(cluster, backendId)));
    }

    private static Backend known(Cluster cluster, String id) {
        Backend backend = cluster.find(id);
        if (backend == null) {
            throw new IllegalArgumentException("no backend " + id);
        }
        return backend;
    }

    /** Injects a fault. Faults strike in the order they are given. */
    public void inject(Fault fault) {
        Objects.requireNonNull(fault, "fault");
        server.faults(faults -> faults.add(fault.injected()));
    }

    /** Cancels all faults that have not struck yet. */
    public void clearFaults() {
        server.faults(Faults::clear);
    }

    /** Resets every connection. */
    public void dropConnections() {
        server.dropConnections();
    }

    /** Refuses new connections for so long. Those that are open stay. */
    public void refuseConnections(Duration time) {
        server.refuseConnections(Values.requirePositive(time, "time"));
    }

    /** How many connections are open. */
    public int connections() {
        return server.connections();
    }

    /**
     * Ends the server and resets all of its connections. Returns when its port is free, unless it is called by the
     * server's own thread; further calls change nothing.
     */
    @Override
    public void close() {
        server.close();
    }

    /**
     * Runs a server until the process is asked to end (SIGTERM, SIGINT): {@code [--port 8080]}. Prints its address, and
     * each change of a backend. Exits with 2 for another command line, and with 1 if the port is taken.
     */
    public static void main(String... args) throws InterruptedException {
        int failure = DevServerMain.run(args);
        if (failure != 0) {
            System.exit(failure);
        }
    }

    /**
     * Sets up a server. Defaults: a free port, {@link Lifecycle#ofDefaults()}, backends that echo, no token, keepalives
     * after 15 s on Plane's streams. Not safe for use by several threads at once.
     */
    public static final class Builder {

        private final DevServerSettings settings = new DevServerSettings();

        private Builder() {}

        /** The port; 0 for a free one. */
        public Builder port(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("a port is from 0 to 65535, not " + port);
            }
            settings.port = port;
            return this;
        }

        /** How backends get from one status to the next. */
        public Builder lifecycle(Lifecycle lifecycle) {
            settings.step = lifecycle.byHand() ? null : lifecycle.step();
            return this;
        }

        /** What backends answer at their connection URLs. */
        public Builder backend(BackendHandler handler) {
            Objects.requireNonNull(handler, "handler");
            settings.application = (backendId, request) -> answer(handler, backendId, request);
            return this;
        }

        private static HttpReply answer(BackendHandler handler, String backendId, HttpRequest request)
                throws IOException {
            BackendHandler.Response response = handler.handle(new BackendHandler.Request(
                    backendId,
                    request.method(),
                    request.path(),
                    request.query(),
                    request.firstHeaders(),
                    request.body()));
            return new HttpReply(response.status(), response.headers(), response.body());
        }

        /** The bearer token that connect and terminate ask for in the Jamsocket dialect. Default: none. */
        public Builder token(String token) {
            settings.token = Values.requireText(token, "token");
            return this;
        }

        /** How often Plane's streams send a keepalive. */
        public Builder keepalive(Duration keepalive) {
            settings.keepalive = Values.requirePositive(keepalive, "keepalive");
            return this;
        }

        /**
         * Called with each change of a backend, on the server's thread: it must not block. What it throws is logged.
         */
        public Builder onChange(BiConsumer<String, BackendState> listener) {
            settings.onChange = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws UncheckedIOException if the port is taken
         */
        public JamsocketDevServer start() {
            return new JamsocketDevServer(settings);
        }
    }
}
