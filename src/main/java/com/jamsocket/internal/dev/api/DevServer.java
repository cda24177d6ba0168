package com.jamsocket.internal.dev.api;

import com.jamsocket.BackendState;
import com.jamsocket.internal.DaemonThreads;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.cluster.Cluster;
import com.jamsocket.internal.dev.cluster.Launched;
import com.jamsocket.internal.dev.cluster.Launching;
import com.jamsocket.internal.dev.cluster.LogRing;
import com.jamsocket.internal.dev.cluster.RandomName;
import com.jamsocket.internal.dev.http.EventLoop;
import com.jamsocket.internal.dev.http.Exchange;
import com.jamsocket.internal.dev.http.HandledRequest;
import com.jamsocket.internal.dev.http.HttpProbe;
import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.HttpRequest;
import com.jamsocket.internal.dev.http.HttpServer;
import com.jamsocket.internal.dev.page.Dashboard;
import com.jamsocket.internal.dev.page.DashboardFeed;
import com.jamsocket.internal.dev.time.VirtualClock;
import com.jamsocket.internal.dev.time.VirtualClocks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The running server: one cluster behind one HTTP server. Its methods may be called by any thread. */
public final class DevServer {

    /** Handlers may wait, as for long polls; a thread that nothing is asked of ends soon. */
    private static final int WORKERS = 64;

    private static final int LAUNCHERS = 16;

    /** How long what runs may take to end with the server. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /** How long it is waited for what was killed. */
    private static final Duration UNTIL_KILLED = Duration.ofSeconds(10);

    private static final Duration REFUSAL = Duration.ofMillis(200);

    private final EventLoop loop = new EventLoop();
    private final @Nullable VirtualClock clock;
    private final HttpServer apis;
    private final HttpServer backends;
    private final ConnectionUrls urls;
    private final URI url;
    private final SiteGuard guard;
    private final Cluster cluster;
    private final Faults faults = new Faults();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final RequestLog requests;
    private final DashboardFeed feed;
    private final Dashboard dashboard;
    private final @Nullable String startToken;
    private final BackendProxy proxy;
    private final List<RequestHandler> handlers;
    private final ExecutorService workers =
            DaemonThreads.namedForCaller("jamsocket-dev-backend").pool(WORKERS, Duration.ofSeconds(1));
    private final ExecutorService launchers =
            DaemonThreads.namedForCaller("jamsocket-dev-launcher").pool(LAUNCHERS, Duration.ofSeconds(1));

    /**
     * Starts a server.
     *
     * @throws ListenException if a port is taken, or the host is not one of this machine
     */
    public DevServer(DevServerSettings settings) throws IOException {
        clock = settings.virtualTime ? new VirtualClock() : null;
        Ticker time = clock == null ? loop : clock.ticker(loop::execute, loop);
        apis = listen(settings.host, settings.port);
        backends = listen(settings.host, settings.connectionPort);
        ServerAddresses addresses = new ServerAddresses(settings, apis.port(), backends.port());
        url = addresses.here();
        urls = addresses.handedOut();
        guard = new SiteGuard(addresses.names(), List.of(urls.api(), url));
        Launching launching = new Launching(
                settings.programs::launcher,
                new HttpProbe(loop)::ask,
                launchers,
                loop::execute,
                settings.readyTimeout,
                settings.grace,
                loop);
        cluster = new Cluster(time, settings.step, launching, (id, state) -> tell(settings, id, state));
        requests = new RequestLog(time, request -> tell(settings, request));
        feed = new DashboardFeed(
                loop,
                cluster,
                urls.api().toString(),
                urls.backends().toString(),
                requests::requests,
                () -> faults.waiting().stream().map(PageControls::words).toList());
        cluster.onUse(feed::changed);
        cluster.onLog((id, line) -> tell(settings, id, line));
        faults.onChange(feed::faultsChanged);
        FaultEffects effects = new FaultEffects(faults, () -> apis.refuseConnections(REFUSAL));
        FaultInjector injector = new FaultInjector(faults, effects);
        SpawnDefaults defaults = new SpawnDefaults(settings.maxIdle, settings.staticToken);
        startToken = addresses.isLoopback() ? null : RandomName.secret(loop.random());
        dashboard = new Dashboard(cluster, new PageControls(cluster, urls, defaults, faults), feed, startToken);
        proxy = new BackendProxy(loop, cluster, settings.programs, workers);
        handlers = List.of(
                new JamsocketApi(cluster, injector, urls, defaults, time, settings),
                new PlaneApi(time, cluster, injector, urls, defaults, drones(settings), settings.keepalive));
        apis.outages(time);
        backends.outages(time);
        apis.serve(this::route);
        backends.serve(this::routeToBackend, proxy::streams);
        loop.start("jamsocket-dev-" + apis.port());
        if (clock != null) {
            VirtualClocks.add(apis.port(), clock);
        }
    }

    /** Plane names a cluster by the address of its connection URLs. */
    private Drones drones(DevServerSettings settings) {
        Set<String> clusters = new LinkedHashSet<>(settings.clusters);
        clusters.add(urls.backends().getAuthority());
        Set<String> pools = new LinkedHashSet<>(settings.pools);
        pools.add("");
        return new Drones(clusters, pools);
    }

    private HttpServer listen(String host, int port) throws IOException {
        try {
            InetAddress address = host.isEmpty() ? HttpServer.loopback() : InetAddress.getByName(host);
            return new HttpServer(loop, address, port);
        } catch (IOException e) {
            closeLoop();
            throw new ListenException(host, port, e);
        }
    }

    private void tell(DevServerSettings settings, String id, BackendState state) {
        Backend backend = cluster.find(id);
        if (backend != null) {
            feed.changed(backend);
        }
        settings.onChange.accept(id, state);
    }

    private void tell(DevServerSettings settings, HandledRequest request) {
        feed.answered(request);
        settings.onRequest.accept(request);
    }

    private void tell(DevServerSettings settings, String id, LogRing.Line line) {
        if (feed.hasViewers()) {
            loop.executeUnlessClosed(() -> feed.logged(id, line));
        }
        settings.onLog.accept(id, line.text());
    }

    private void route(Exchange connection) {
        if (clock == null) {
            answer(connection);
        } else {
            TestedExchange.handle(connection, clock, this::answer);
        }
    }

    private void answer(Exchange connection) {
        HttpRequest request = connection.request();
        // What the dashboard itself asks is none of the requests that it shows.
        boolean ofPage = Dashboard.isPage(request) || Dashboard.isRoute(request);
        Exchange exchange = ofPage ? connection : requests.record(connection);
        HttpReply refusal = guard.refuseHost(request);
        if (refusal == null) {
            refusal = Dashboard.isRoute(request) ? guard.refuseOther(request) : guard.refuseSite(request);
        }
        if (refusal != null) {
            exchange.reply(refusal);
        } else if (Dashboard.isPage(request)) {
            dashboard.show(exchange);
        } else if (Dashboard.isRoute(request)) {
            dashboard.handle(exchange);
        } else if (handlers.stream().noneMatch(handler -> handler.handle(exchange))) {
            exchange.reply(HttpReply.empty(404));
        }
    }

    private void routeToBackend(Exchange connection) {
        Exchange exchange = requests.record(connection);
        HttpReply refusal = guard.refuseHost(exchange.request());
        if (refusal != null) {
            exchange.reply(refusal);
        } else {
            proxy.handle(exchange);
        }
    }

    /** The base address for clients of either dialect. */
    public URI url() {
        return url;
    }

    /** The address of the dashboard, with the start token where one is needed. */
    public URI dashboardUrl() {
        return startToken == null ? urls.api() : URI.create(urls.api() + "?token=" + startToken);
    }

    /** Where connection URLs begin. */
    public URI connectionUrl() {
        return urls.backends();
    }

    /** The time in it, if it is one that is moved. */
    public @Nullable VirtualClock clock() {
        return clock;
    }

    /** Asks something of the cluster, on the server's thread. */
    public <T> T read(Function<Cluster, T> question) {
        return loop.call(() -> question.apply(cluster));
    }

    /** Changes the cluster, on the server's thread. */
    public void change(Consumer<Cluster> change) {
        onLoop(() -> change.accept(cluster));
    }

    /** The last requests. */
    public List<HandledRequest> requests() {
        return loop.call(requests::requests);
    }

    /** Forgets the requests so far. */
    public void clearRequests() {
        onLoop(requests::clear);
    }

    /** Changes the faults that are still to be injected. */
    public void faults(Consumer<Faults> change) {
        onLoop(() -> change.accept(faults));
    }

    private void onLoop(Runnable task) {
        var unused = loop.call(() -> {
            task.run();
            return true;
        });
    }

    /** How many connections are open. */
    public int connections() {
        return loop.call(() -> apis.connections() + backends.connections());
    }

    /** Resets every connection. */
    public void dropConnections() {
        onLoop(() -> {
            apis.dropConnections();
            backends.dropConnections();
        });
        awaitTurn();
    }

    /** Refuses new connections for so long. */
    public void refuseConnections(Duration time) {
        onLoop(() -> {
            apis.refuseConnections(time);
            backends.refuseConnections(time);
        });
        awaitTurn();
    }

    /** The selector lets go of what was closed with its next turn. */
    private void awaitTurn() {
        onLoop(() -> {});
    }

    /**
     * Ends it, and what runs in its backends. Returns when its port is free and they have ended, within a few seconds,
     * unless it is called by the server's own thread.
     */
    public void close() {
        if (closing.compareAndSet(false, true)) {
            endLaunched();
        }
        if (clock != null) {
            VirtualClocks.remove(clock);
        }
        workers.shutdownNow();
        launchers.shutdown();
        closeLoop();
    }

    private void closeLoop() {
        try {
            loop.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endLaunched() {
        List<Launched> running;
        try {
            running = loop.call(cluster::close);
        } catch (IllegalStateException e) {
            // It was closed before.
            return;
        }
        running.forEach(launched -> launchers.execute(launched::stop));
        CompletableFuture<?> ended = CompletableFuture.allOf(running.stream()
                .map(launched -> launched.exit().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
        if (!awaitEnd(ended, FAREWELL)) {
            running.forEach(launched -> launchers.execute(launched::kill));
            var unused = awaitEnd(ended, UNTIL_KILLED);
        }
    }

    private static boolean awaitEnd(CompletableFuture<?> ended, Duration time) {
        try {
            ended.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            // One has failed, and with it ended.
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
