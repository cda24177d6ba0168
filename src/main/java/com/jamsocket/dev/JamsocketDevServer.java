package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.TerminationReason;
import com.jamsocket.internal.RecordMethods;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.config.Addresses;
import com.jamsocket.internal.dev.api.DevServer;
import com.jamsocket.internal.dev.api.DevServerSettings;
import com.jamsocket.internal.dev.api.Faults;
import com.jamsocket.internal.dev.api.ListenException;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.cluster.Cluster;
import com.jamsocket.internal.dev.launch.PortOwner;
import com.jamsocket.internal.dev.launch.RunningProcesses;
import com.jamsocket.internal.dev.launch.SourceWatch;
import com.jamsocket.internal.dev.terminal.BackendRows;
import com.jamsocket.internal.dev.time.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A server for development and tests, inside this JVM: stateful, on the loopback interface, in both dialects. What it
 * knows of a backend, the Jamsocket API ({@code /v2}) and Plane's controller ({@code /ctrl}, {@code /pub}) on the same
 * port tell alike. Connection URLs are on another port, so that pages of backends are of another origin: requests of
 * other origins that would change something are refused, and so are those to names that are not this server's. Its
 * backends are real ones that a {@link Launcher} starts, or stand-ins that a {@link BackendHandler} answers for.
 *
 * <p>It differs from the servers it stands for where that helps: an unknown backend is a 404 in the Jamsocket dialect,
 * also for its stream, and ended backends are remembered, the last 10,000 of them.
 *
 * <p>All methods may be called by any thread, and see what was done before them; once it is closed, all but {@link
 * #url()}, {@link #port()}, {@link #connectionUrl()}, {@link #dashboardUrl()} and {@link #close()} throw an {@link
 * IllegalStateException}. It runs on one daemon thread, and more for handlers and launchers, which end when they are
 * idle. A client that does not read its stream is dropped when 4 MiB have piled up.
 */
public final class JamsocketDevServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");

    private final DevServer server;
    private final @Nullable SourceWatch watch;

    private JamsocketDevServer(DevServerSettings settings, List<Path> watched) {
        if (settings.programs.launchesAny()) {
            RunningProcesses.sweepLeftovers();
        }
        try {
            this.server = new DevServer(settings);
        } catch (ListenException e) {
            String owner = PortOwner.of(e.port());
            throw new UncheckedIOException(
                    "the development server cannot use " + e.getMessage()
                            + (owner.isEmpty() ? "" : ", which is taken" + owner),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("the development server cannot start", e);
        }
        try {
            watch = watched.isEmpty() ? null : SourceWatch.start(watched, this::restartUnlessClosed);
        } catch (IOException e) {
            server.close();
            throw new UncheckedIOException("cannot watch " + watched, e);
        }
    }

    /** Has the next connect start anew, as a change of the code does; how many backends are asked to end for it. */
    int restart(String why) {
        return server.read(cluster -> cluster.restart(why));
    }

    private void restartUnlessClosed(Path changed) {
        try {
            var unused = restart("ends for a restart, since " + changed + " has changed");
        } catch (IllegalStateException e) {
            // It is closed: nothing runs any more.
            LOG.log(System.Logger.Level.TRACE, "A change came too late", e);
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

    /**
     * The address of the dashboard, for a browser. Where others than this machine reach the server, it has a token
     * that is new with each start: whoever has it can do everything there.
     */
    public URI dashboardUrl() {
        return server.dashboardUrl();
    }

    /** Where connection URLs begin: another port, and with it another origin. */
    public URI connectionUrl() {
        return server.connectionUrl();
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

    /** What the terminal shows. */
    BackendRows rows() {
        return server.read(BackendRows::of);
    }

    /**
     * The backend of this id, for a test to steer.
     *
     * @throws IllegalArgumentException if there is none
     */
    public DevBackend backend(String id) {
        Objects.requireNonNull(id, "id");
        return new DevBackend(server, server.read(cluster -> known(cluster, id)));
    }

    /**
     * The backend that holds this key, for a test to steer.
     *
     * @param namespace the service, with or without {@code account/} before it; in Plane's dialect the namespace,
     *     empty for
     *     that of keys without one
     * @throws IllegalArgumentException if none holds it
     */
    public DevBackend backendOfKey(String namespace, String key) {
        Predicate<String> named = Namespaces.named(Objects.requireNonNull(namespace, "namespace"));
        Backend backend = server.read(cluster -> cluster.findByKey(named, key));
        if (backend == null) {
            throw new IllegalArgumentException("no backend holds the key \"" + key + "\" in \"" + namespace + "\"");
        }
        return new DevBackend(server, backend);
    }

    /**
     * The backend that holds this key, of whatever service, for a test to steer.
     *
     * @throws IllegalArgumentException if none holds it, or several do
     */
    public DevBackend backendOfKey(String key) {
        Objects.requireNonNull(key, "key");
        List<Backend> holders = server.read(cluster -> cluster.holders(key));
        if (holders.size() != 1) {
            throw new IllegalArgumentException(
                    (holders.isEmpty() ? "no backend holds" : "backends of several services hold") + " the key \"" + key
                            + "\"");
        }
        return new DevBackend(server, holders.get(0));
    }

    /**
     * The settings that have clients be of this server, by their names: for tests whose containers take settings, such
     * as a test resource of Quarkus.
     */
    public Map<String, String> settings() {
        return Map.of("jamsocket.dev", "true", "jamsocket.dev-port", String.valueOf(port()));
    }

    /** The last thousand requests that were answered, oldest first: of clients, of browsers, and for backends. */
    public List<RecordedRequest> requests() {
        return server.requests().stream().map(RecordedRequest::of).toList();
    }

    /** Forgets the requests so far. */
    public void clearRequests() {
        server.clearRequests();
    }

    /** How many backends have been started. */
    public int spawnCount() {
        return server.read(Cluster::spawnCount);
    }

    /** Gives the next backend this id; called several times, the next ones in turn. */
    public void nextBackendId(String id) {
        Values.requireText(id, "id");
        if (id.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("an id is of printable ASCII characters");
        }
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

    /**
     * Begins to end a backend, as a client would.
     *
     * @return whether there was something to end
     * @throws IllegalArgumentException if there is no such backend
     */
    boolean terminate(String backendId, boolean hard) {
        return server.read(cluster -> {
            Backend backend = known(cluster, backendId);
            boolean runs = !backend.isOver();
            if (runs) {
                cluster.terminate(backend, hard, TerminationReason.EXTERNAL);
            }
            return runs;
        });
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

    /**
     * The time in it, for a test to move.
     *
     * @throws IllegalStateException if it was not built with {@link Builder#virtualTime()}
     */
    public VirtualTime time() {
        VirtualClock clock = server.clock();
        if (clock == null) {
            throw new IllegalStateException("this server has the time of the machine: build it with virtualTime()");
        }
        return new VirtualTime(clock);
    }

    /** How many connections are open. */
    public int connections() {
        return server.connections();
    }

    /**
     * Ends the server, resets all of its connections and ends what was launched: softly, and after two seconds hard.
     * Returns when its port is free and that has ended, unless it is called by the server's own thread; further calls
     * change nothing.
     */
    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        server.close();
        RecordMethods.forgetLast();
    }

    /**
     * Runs a server until the process is asked to end (SIGTERM, SIGINT); {@code --help} shows the options. Prints its
     * address, each change of a backend, its log lines, and requests that were refused. Exits with 2 for a command line
     * that it does not understand, and with 1 if the port is taken.
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
        private final List<Path> watched = new ArrayList<>();

        private Builder() {}

        /** The port; 0 for a free one. */
        public Builder port(int port) {
            settings.port = requirePort(port);
            return this;
        }

        private static int requirePort(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("a port is from 0 to 65535, not " + port);
            }
            return port;
        }

        /** The port of connection URLs; 0, the default, for a free one. */
        public Builder connectionPort(int port) {
            settings.connectionPort = requirePort(port);
            return this;
        }

        /**
         * The name or address of this machine to listen on. Default: loopback, in IPv4 and IPv6. On another, and on
         * {@code 0.0.0.0}, everybody who reaches it can run any code as the user of this JVM: the environment of a
         * request reaches the process that is launched.
         */
        public Builder host(String host) {
            settings.host = Values.requireText(host, "host");
            return this;
        }

        /**
         * More names by which the server may be called. Requests to others than these, loopback names, addresses, that
         * of {@link #host(String)} and those of the public URLs are refused: a page of somebody else can have any name
         * of its own point to this machine.
         */
        public Builder allowedHosts(String... names) {
            for (String name : names) {
                settings.allowedHosts.add(Values.requireText(name, "name"));
            }
            return this;
        }

        /**
         * Clusters of Plane that it stands for, such as {@code cluster.example.com}, beside that of its connection
         * URLs, {@code 127.0.0.1:PORT}. In any other cluster nothing can be spawned ({@code NoDroneAvailable}), as in
         * production, and there are no drones. Requests in Jamsocket's API may name any.
         */
        public Builder clusters(String... names) {
            for (String name : names) {
                settings.clusters.add(Values.requireText(name, "name"));
            }
            return this;
        }

        /** Pools that its drone is in, beside the pool without a name: as {@link #clusters}. */
        public Builder pools(String... names) {
            for (String name : names) {
                settings.pools.add(Values.requireText(name, "name"));
            }
            return this;
        }

        /**
         * The address that others reach it by, for the URLs that it hands out. Connection URLs have this host too, and
         * their own port. Default: as it is here.
         *
         * @throws IllegalArgumentException if it is no plain http or https URL
         */
        public Builder publicUrl(URI url) {
            settings.publicUrl = requirePublic(url);
            return this;
        }

        /**
         * The address that others reach connection URLs by, where {@link #publicUrl(URI)} is not enough.
         *
         * @throws IllegalArgumentException if it is no plain http or https URL
         */
        public Builder publicConnectionUrl(URI url) {
            settings.publicConnectionUrl = requirePublic(url);
            return this;
        }

        private static URI requirePublic(URI url) {
            try {
                return Addresses.require(url);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "the public address " + e.getMessage() + ", such as http://dev.example:8080/", e);
            }
        }

        /** How backends that are not launched get from one status to the next. */
        public Builder lifecycle(Lifecycle lifecycle) {
            settings.step = lifecycle.byHand() ? null : lifecycle.step();
            return this;
        }

        /** Has a handler answer for the backends of all services that nothing else is said of. */
        public Builder backend(BackendHandler handler) {
            settings.programs.putOthers(Handlers.program(handler));
            return this;
        }

        /**
         * Has a handler answer for the backends of one service; for its name see {@link #launcher(String,
         * Launcher)}.
         */
        public Builder backend(String service, BackendHandler handler) {
            settings.programs.put(Values.requireText(service, "service"), Handlers.program(handler));
            return this;
        }

        /** Starts what runs in the backends of all services that nothing else is said of. */
        public Builder launcher(Launcher launcher) {
            settings.programs.putOthers(Launchers.program(Objects.requireNonNull(launcher, "launcher")));
            return this;
        }

        /**
         * Starts what runs in the backends of one service.
         *
         * @param service its name in the Jamsocket dialect, and the name of the image in Plane's, with or without its
         *     registry; followed by {@code :tag} it is meant for this tag alone
         */
        public Builder launcher(String service, Launcher launcher) {
            settings.programs.put(
                    Values.requireText(service, "service"),
                    Launchers.program(Objects.requireNonNull(launcher, "launcher")));
            return this;
        }

        /**
         * When files change below one of these folders, or one of these files does, what was launched is asked to
         * end, and
         * its key is free at once: the next connect starts anew. Hidden folders and {@code node_modules} do not count.
         */
        public Builder watch(Path... paths) {
            watched.addAll(List.of(paths));
            return this;
        }

        /** How long what is launched may take to answer HTTP. Default: 5 minutes, as Plane has it. */
        public Builder readyTimeout(Duration timeout) {
            settings.readyTimeout = Values.requirePositive(timeout, "timeout");
            return this;
        }

        /** How long what is launched may take to end when it is asked to. Default: 30 seconds, as Plane has it. */
        public Builder grace(Duration grace) {
            settings.grace = Values.requirePositive(grace, "grace");
            return this;
        }

        /**
         * How long backends may be without connections and requests before they are ended, if their request does not
         * say
         * so. Default: 5 minutes in the Jamsocket dialect for requests without spawn options, else no limit.
         */
        public Builder maxIdle(Duration limit) {
            settings.maxIdle = Values.requirePositive(limit, "limit");
            return this;
        }

        /**
         * Has time stand still until {@link JamsocketDevServer#time()} moves it, for the server and for the clients in
         * this JVM that are built for its address from then on. See {@link VirtualTime} for what it is the time of.
         */
        public Builder virtualTime() {
            settings.virtualTime = true;
            return this;
        }

        /** Whether the Jamsocket dialect gives out static tokens, which stay in the path. Default: it does not. */
        public Builder staticToken(boolean staticToken) {
            settings.staticToken = staticToken;
            return this;
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
         * Called with the id of a backend and each line of its log, on the thread that brings it: a process waits
         * meanwhile. What it throws is logged.
         */
        public Builder onLog(BiConsumer<String, String> listener) {
            settings.onLog = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Called with each request that was answered, on the server's thread: it must not block. */
        public Builder onRequest(Consumer<RecordedRequest> listener) {
            Objects.requireNonNull(listener, "listener");
            settings.onRequest = handled -> listener.accept(RecordedRequest.of(handled));
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws UncheckedIOException if a port is taken, the host is not of this machine, or a path to watch is not
         *     there
         */
        public JamsocketDevServer start() {
            return new JamsocketDevServer(settings, watched);
        }
    }
}
