package com.jamsocket.internal.dev.page;

import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.cluster.Cluster;
import com.jamsocket.internal.dev.cluster.LogRing;
import com.jamsocket.internal.dev.http.Exchange;
import com.jamsocket.internal.dev.http.HandledRequest;
import com.jamsocket.internal.wire.Json;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the viewers of the dashboard are told: first all, then what is new, a few times a second and in bounded
 * portions, so that a server with much to do has little to tell. Without viewers it costs nothing. On the loop's
 * thread only, but for {@link #hasViewers()}.
 */
public final class DashboardFeed {

    private static final Duration BETWEEN_NEWS = Duration.ofMillis(100);
    private static final Duration KEEPALIVE = Duration.ofSeconds(15);
    private static final int MAX_LIVE = 500;
    private static final int MAX_ENDED = 100;
    private static final int MAX_LINES = 500;
    private static final int MAX_REQUESTS = 200;

    private final Ticker ticker;
    private final Cluster cluster;
    private final String api;
    private final String connectionUrl;
    private final Supplier<List<HandledRequest>> requests;
    private final Supplier<List<String>> faults;
    private final Set<Consumer<String>> viewers = new LinkedHashSet<>();
    private final Set<Backend> changed = new LinkedHashSet<>();
    private final Deque<Map<String, Object>> newLines = new ArrayDeque<>();
    private final Deque<Map<String, Object>> newRequests = new ArrayDeque<>();
    private volatile boolean viewed;
    private boolean faultsChanged;
    private boolean telling;

    /**
     * A feed.
     *
     * @param api the address of the APIs
     * @param connectionUrl where connection URLs begin
     * @param requests the last requests, oldest first
     * @param faults the faults that are still to strike, in words
     */
    public DashboardFeed(
            Ticker ticker,
            Cluster cluster,
            String api,
            String connectionUrl,
            Supplier<List<HandledRequest>> requests,
            Supplier<List<String>> faults) {
        this.ticker = ticker;
        this.cluster = cluster;
        this.api = api;
        this.connectionUrl = connectionUrl;
        this.requests = requests;
        this.faults = faults;
    }

    /** Whether anybody is told anything; on any thread. */
    public boolean hasViewers() {
        return viewed;
    }

    /** One more viewer. */
    void show(Exchange exchange) {
        Viewer viewer = new Viewer();
        viewer.sink = exchange.stream(Map.of(), () -> leave(viewer));
        // Others get what is new before; this one has it in the whole.
        tell();
        viewers.add(viewer);
        viewed = true;
        viewer.accept(event(snapshot()));
        keepAlive(viewer, exchange);
    }

    private void leave(Viewer viewer) {
        viewers.remove(viewer);
        viewed = !viewers.isEmpty();
    }

    private void keepAlive(Viewer viewer, Exchange exchange) {
        var unused = ticker.after(KEEPALIVE, () -> {
            if (exchange.isOpen()) {
                viewer.accept(":\n\n");
                keepAlive(viewer, exchange);
            }
        });
    }

    /** A backend is not as it was. */
    public void changed(Backend backend) {
        if (viewed) {
            changed.add(backend);
            tellSoon();
        }
    }

    /** A backend has logged a line. */
    public void logged(String id, LogRing.Line line) {
        if (viewed) {
            add(newLines, BackendView.line(id, line), MAX_LINES);
            tellSoon();
        }
    }

    /** A request was answered. */
    public void answered(HandledRequest request) {
        if (viewed) {
            add(newRequests, BackendView.request(request), MAX_REQUESTS);
            tellSoon();
        }
    }

    /** Other faults wait than before. */
    public void faultsChanged() {
        if (viewed) {
            faultsChanged = true;
            tellSoon();
        }
    }

    private static void add(Deque<Map<String, Object>> news, Map<String, Object> one, int limit) {
        news.add(one);
        if (news.size() > limit) {
            news.removeFirst();
        }
    }

    private void tellSoon() {
        if (!telling) {
            telling = true;
            var unused = ticker.after(BETWEEN_NEWS, () -> {
                telling = false;
                tell();
            });
        }
    }

    private void tell() {
        if (!viewers.isEmpty()) {
            Map<String, Object> news = message("news", latest(changed));
            news.put("logs", List.copyOf(newLines));
            news.put("requests", List.copyOf(newRequests));
            if (faultsChanged) {
                news.put("faults", faults.get());
            }
            String event = event(news);
            List.copyOf(viewers).forEach(viewer -> viewer.accept(event));
        }
        changed.clear();
        newLines.clear();
        newRequests.clear();
        faultsChanged = false;
    }

    private Map<String, Object> snapshot() {
        Map<String, Object> all = message("snapshot", latest(cluster.all()));
        all.put("api", api);
        all.put("urls", connectionUrl);
        List<HandledRequest> handled = requests.get();
        all.put(
                "requests",
                handled.subList(Math.max(0, handled.size() - MAX_REQUESTS), handled.size()).stream()
                        .map(BackendView::request)
                        .toList());
        all.put("faults", faults.get());
        return all;
    }

    /** The latest of the live ones and of the ended ones, oldest first. */
    private static List<Backend> latest(Collection<Backend> backends) {
        Deque<Backend> latest = new ArrayDeque<>();
        List<Backend> all = new ArrayList<>(backends);
        int live = 0;
        int ended = 0;
        for (int i = all.size() - 1; i >= 0; i--) {
            Backend backend = all.get(i);
            if (backend.isOver() ? ended++ < MAX_ENDED : live++ < MAX_LIVE) {
                latest.addFirst(backend);
            }
        }
        return List.copyOf(latest);
    }

    private Map<String, Object> message(String type, List<Backend> backends) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", type);
        message.put("now", ticker.now().toEpochMilli());
        message.put("live", cluster.liveCount());
        message.put("spawned", cluster.spawnCount());
        message.put(
                "backends",
                backends.stream()
                        .map(backend -> BackendView.backend(backend, connectionUrl))
                        .toList());
        return message;
    }

    private static String event(Map<String, Object> message) {
        return "data: " + Json.text(message) + "\n\n";
    }

    /** One page; by identity. */
    private static final class Viewer implements Consumer<String> {

        private Consumer<String> sink = event -> {};

        @Override
        public void accept(String event) {
            sink.accept(event);
        }
    }
}
