package com.jamsocket.internal.dev.api;

import static com.jamsocket.internal.dev.api.PathSegments.decoded;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.TerminationReason;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.dev.api.InjectedFault.Endpoint;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.cluster.Cluster;
import com.jamsocket.internal.dev.cluster.ClusterException;
import com.jamsocket.internal.dev.cluster.ConnectResult;
import com.jamsocket.internal.dev.cluster.ConnectSpec;
import com.jamsocket.internal.dev.cluster.RandomName;
import com.jamsocket.internal.dev.http.Exchange;
import com.jamsocket.internal.dev.http.HttpReply;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plane's controller, as far as a session backend's life and the care of a cluster go. */
final class PlaneApi implements RequestHandler {

    private static final String DRONE = "dr-dev";
    private static final Pattern BACKEND =
            Pattern.compile("/ctrl/b/([^/]+)/(soft|hard)-terminate|/pub/b/([^/]+)/(status|status-stream)");
    private static final Pattern CLUSTER = Pattern.compile("/ctrl/c/([^/]+)/(?:state|d/([^/]+)/drain)");

    private static final Pattern JSON_TYPE =
            Pattern.compile("application/([^;]+\\+)?json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    /** What tower-http writes: what is public is so for pages from everywhere. */
    private static final Map<String, String> OPEN = Map.of(
            "access-control-allow-origin", "*",
            "vary", "origin, access-control-request-method, access-control-request-headers");

    private static final Map<String, String> PREFLIGHT = Map.of(
            "access-control-allow-methods", "GET,POST",
            "access-control-allow-headers", "content-type");

    private static final StatusFeed.Form STREAM = new StatusFeed.Form(PlaneApi::frame, OPEN);

    private final Ticker ticker;
    private final Cluster cluster;
    private final FaultInjector injector;
    private final ConnectionUrls urls;
    private final SpawnDefaults defaults;
    private final Drones drones;
    private final Duration keepalive;

    PlaneApi(
            Ticker ticker,
            Cluster cluster,
            FaultInjector injector,
            ConnectionUrls urls,
            SpawnDefaults defaults,
            Drones drones,
            Duration keepalive) {
        this.ticker = ticker;
        this.cluster = cluster;
        this.injector = injector;
        this.urls = urls;
        this.defaults = defaults;
        this.drones = drones;
        this.keepalive = keepalive;
    }

    @Override
    public boolean handle(Exchange exchange) {
        String path = exchange.request().path();
        if (!path.startsWith("/ctrl/") && !path.startsWith("/pub/")) {
            return false;
        }
        try {
            route(exchange, path);
        } catch (ClusterException e) {
            if (e.reason() == ClusterException.Reason.BREAKS) {
                exchange.drop(false);
            } else {
                reply(exchange, reply(ApiErrorException.of(e)));
            }
        } catch (ApiErrorException e) {
            reply(exchange, reply(e));
        } catch (JamsocketProtocolException e) {
            exchange.reply(HttpReply.text(400, "Failed to parse the request body as JSON: " + e.getMessage()));
        } catch (IllegalArgumentException e) {
            exchange.reply(HttpReply.text(422, String.valueOf(e.getMessage())));
        } catch (IllegalStateException e) {
            reply(exchange, reply(new ApiErrorException(500, "Other", String.valueOf(e.getMessage()))));
        }
        return true;
    }

    private HttpReply reply(ApiErrorException error) {
        String message = String.valueOf(error.getMessage());
        return error.status() == 400 || error.status() == 415
                ? HttpReply.text(error.status(), message)
                : HttpReply.json(
                        error.status(), PlaneForms.error(RandomName.next(ticker.random()), error.kind(), message));
    }

    private static void reply(Exchange exchange, HttpReply reply) {
        exchange.reply(isPublic(exchange) ? reply.with(OPEN) : reply);
    }

    private static boolean isPublic(Exchange exchange) {
        return exchange.request().path().startsWith("/pub/");
    }

    private void route(Exchange exchange, String path) {
        if (isPublic(exchange) && exchange.request().method().equals("OPTIONS")) {
            reply(exchange, HttpReply.empty(200).with(PREFLIGHT));
            return;
        }
        switch (path) {
            case "/ctrl/connect" -> post(exchange, () -> connect(exchange));
            case "/ctrl/b/revoke" -> post(exchange, () -> revoke(exchange));
            case "/ctrl/status" ->
                get(exchange, () -> answer(exchange, "{\"status\":\"ok\",\"version\":\"0.5.6\",\"hash\":\"dev\"}"));
            case "/pub/health" -> get(exchange, () -> answer(exchange, "{\"status\":\"ok\"}"));
            default -> routeOf(exchange, path);
        }
    }

    private void routeOf(Exchange exchange, String path) {
        Matcher backend = BACKEND.matcher(path);
        Matcher cluster = CLUSTER.matcher(path);
        if (backend.matches() && backend.group(1) != null) {
            boolean hard = backend.group(2).equals("hard");
            post(exchange, () -> terminate(exchange, decoded("backend", backend.group(1)), hard));
        } else if (backend.matches() && backend.group(4).equals("status")) {
            get(exchange, () -> status(exchange, decoded("backend", backend.group(3))));
        } else if (backend.matches()) {
            get(exchange, () -> stream(exchange, decoded("backend", backend.group(3))));
        } else if (cluster.matches() && cluster.group(2) == null) {
            get(exchange, () -> clusterState(exchange, decoded("cluster", cluster.group(1))));
        } else if (cluster.matches()) {
            post(
                    exchange,
                    () -> drain(exchange, decoded("cluster", cluster.group(1)), decoded("drone", cluster.group(2))));
        } else {
            reply(exchange, HttpReply.empty(404));
        }
    }

    private void connect(Exchange exchange) {
        requireJson(exchange);
        injector.unary(Endpoint.CONNECT, null, exchange, () -> {
            ConnectSpec spec = PlaneRequests.connect(exchange.request().body(), defaults, drones);
            ConnectResult result = cluster.connect(spec);
            return HttpReply.json(
                    200,
                    PlaneForms.connectResponse(
                            urls.response(result, "pub/b/"),
                            result.backend().spec().subdomain(),
                            result.spawned() ? DRONE : null));
        });
    }

    private static void requireJson(Exchange exchange) {
        String type = exchange.request().header("content-type");
        if (type == null || !JSON_TYPE.matcher(type).matches()) {
            throw new ApiErrorException(415, "", "Expected request with `Content-Type: application/json`");
        }
    }

    private void status(Exchange exchange, String id) {
        injector.unary(Endpoint.STATUS, id, exchange, () -> HttpReply.json(
                        200, PlaneForms.state(cluster.get(id).state()))
                .with(OPEN));
    }

    /** An unknown backend has a stream too, on which nothing ever comes. */
    private void stream(Exchange exchange, String id) {
        Backend backend = cluster.find(id);
        if (backend == null) {
            keepAlive(exchange.stream(OPEN, () -> {}), exchange);
            return;
        }
        String known = exchange.request().header("last-event-id");
        BackendStatus after = known == null ? null : knownStatus(known);
        StatusFeed feed = injector.stream(exchange, backend, after, STREAM);
        if (feed != null) {
            feed.keepAliveEvery(keepalive, ticker);
        }
    }

    private static @Nullable BackendStatus knownStatus(String name) {
        BackendStatus status = BackendStatus.of(name);
        return status == BackendStatus.UNKNOWN ? null : status;
    }

    private static String frame(BackendState state) {
        return "data: " + PlaneForms.state(state) + "\nid: " + state.statusName() + "\n\n";
    }

    private void keepAlive(Consumer<String> sink, Exchange exchange) {
        var unused = ticker.after(keepalive, () -> {
            if (exchange.isOpen()) {
                sink.accept(":\n\n");
                keepAlive(sink, exchange);
            }
        });
    }

    private void terminate(Exchange exchange, String id, boolean hard) {
        injector.unary(Endpoint.TERMINATE, id, exchange, () -> {
            cluster.terminate(cluster.get(id), hard, TerminationReason.EXTERNAL);
            return HttpReply.json(200, "null");
        });
    }

    private void revoke(Exchange exchange) {
        requireJson(exchange);
        PlaneRequests.Revoke asked = PlaneRequests.revoke(exchange.request().body());
        cluster.revoke(asked.backendId(), asked.user());
        answer(exchange, "\"Token revoked successfully\"");
    }

    private void clusterState(Exchange exchange, String name) {
        if (!drones.has(name)) {
            answer(exchange, "{\"drones\":[],\"proxies\":[]}");
            return;
        }
        long running =
                cluster.all().stream().filter(backend -> !backend.isOver()).count();
        answer(exchange, PlaneForms.clusterState(cluster.isDraining(), running, DRONE, "px-dev"));
    }

    private void drain(Exchange exchange, String name, String drone) {
        if (!drones.has(name) || !drone.equals(DRONE)) {
            throw new ApiErrorException(404, "NotFound", "Drone does not exist");
        }
        answer(exchange, "{\"updated\":" + cluster.drain() + "}");
    }

    private static void answer(Exchange exchange, String json) {
        reply(exchange, HttpReply.json(200, json));
    }

    private static void get(Exchange exchange, Runnable action) {
        only(exchange.request().isGet(), "GET,HEAD", exchange, action);
    }

    private static void post(Exchange exchange, Runnable action) {
        only(exchange.request().method().equals("POST"), "POST", exchange, action);
    }

    private static void only(boolean allowed, String methods, Exchange exchange, Runnable action) {
        if (allowed) {
            action.run();
        } else {
            reply(exchange, HttpReply.empty(405).withDefault("allow", methods));
        }
    }
}
