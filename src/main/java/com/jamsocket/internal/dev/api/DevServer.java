package com.jamsocket.internal.dev.api;

import com.jamsocket.internal.DaemonThreads;
import com.jamsocket.internal.EmbeddedServerProvider;
import com.jamsocket.internal.dev.cluster.Cluster;
import com.jamsocket.internal.dev.http.EventLoop;
import com.jamsocket.internal.dev.http.Exchange;
import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;

/** The running server: one cluster behind one HTTP server. Its methods may be called by any thread. */
public final class DevServer implements EmbeddedServerProvider.Server {

    private static final int WORKERS = 4;
    private static final Duration REFUSAL = Duration.ofMillis(200);

    private final EventLoop loop = new EventLoop();
    private final HttpServer http;
    private final Cluster cluster;
    private final Faults faults = new Faults();
    private final List<RequestHandler> handlers;
    private final ExecutorService workers =
            DaemonThreads.namedForCaller("jamsocket-dev-backend").pool(WORKERS, Duration.ofSeconds(1));

    /**
     * Starts a server.
     *
     * @throws IOException if the port is taken
     */
    public DevServer(DevServerSettings settings) throws IOException {
        http = listen(settings.port);
        cluster = new Cluster(loop, settings.step, settings.onChange);
        FaultEffects effects = new FaultEffects(faults, () -> http.refuseConnections(REFUSAL));
        FaultInjector injector = new FaultInjector(faults, effects);
        ConnectionUrls urls = new ConnectionUrls(url());
        handlers = List.of(
                new JamsocketApi(cluster, injector, urls, loop.random(), settings.token),
                new PlaneApi(loop, cluster, injector, urls, settings.keepalive),
                new BackendProxy(loop, cluster, settings.application, workers));
        http.serve(this::route);
        loop.start("jamsocket-dev-" + url().getPort());
    }

    private HttpServer listen(int port) throws IOException {
        try {
            return new HttpServer(loop, port);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void route(Exchange exchange) {
        if (exchange.request().method().equals("OPTIONS")) {
            exchange.reply(HttpReply.empty(204)
                    .withDefault("access-control-allow-origin", "*")
                    .withDefault("access-control-allow-methods", "GET, POST")
                    .withDefault("access-control-allow-headers", "authorization, content-type"));
        } else if (handlers.stream().noneMatch(handler -> handler.handle(exchange))) {
            exchange.reply(HttpReply.empty(404));
        }
    }

    @Override
    public URI url() {
        return http.url();
    }

    /** Asks something of the cluster, on the server's thread. */
    public <T> T read(Function<Cluster, T> question) {
        return loop.call(() -> question.apply(cluster));
    }

    /** Changes the cluster, on the server's thread. */
    public void change(Consumer<Cluster> change) {
        onLoop(() -> change.accept(cluster));
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
        return loop.call(http::connections);
    }

    /** Resets every connection. */
    public void dropConnections() {
        onLoop(http::dropConnections);
        awaitTurn();
    }

    /** Refuses new connections for so long. */
    public void refuseConnections(Duration time) {
        onLoop(() -> http.refuseConnections(time));
        awaitTurn();
    }

    /** The selector lets go of what was closed with its next turn. */
    private void awaitTurn() {
        onLoop(() -> {});
    }

    /** Ends it. Returns when its port is free, unless it is called by the server's own thread. */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            loop.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
