package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectResponse;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.TerminationReason;
import com.jamsocket.dev.Fault.Endpoint;
import com.jamsocket.internal.wire.ServerForms;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plane's controller, as far as a session backend's life and the care of a cluster go. */
final class PlaneFace implements Face {

    private static final String DRONE = "dr-dev";
    private static final Pattern BACKEND =
            Pattern.compile("/ctrl/b/([^/]+)/(soft|hard)-terminate|/pub/b/([^/]+)/(status|status-stream)");
    private static final Pattern CLUSTER = Pattern.compile("/ctrl/c/([^/]+)/(?:state|d/([^/]+)/drain)");

    private final EventLoop loop;
    private final Backends backends;
    private final Striking striking;
    private final URI url;
    private final Duration keepalive;

    PlaneFace(EventLoop loop, Backends backends, Striking striking, URI url, Duration keepalive) {
        this.loop = loop;
        this.backends = backends;
        this.striking = striking;
        this.url = url;
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
        } catch (Refused e) {
            exchange.reply(HttpReply.json(
                    e.status(), ServerForms.planeError("dev", e.kind(), String.valueOf(e.getMessage()))));
        } catch (JamsocketProtocolException e) {
            exchange.reply(HttpReply.text(400, "Failed to parse the request body as JSON"));
        } catch (IllegalArgumentException e) {
            exchange.reply(HttpReply.text(422, String.valueOf(e.getMessage())));
        } catch (IllegalStateException e) {
            exchange.reply(HttpReply.json(500, ServerForms.planeError("dev", "Other", String.valueOf(e.getMessage()))));
        }
        return true;
    }

    private void route(Exchange exchange, String path) {
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
            post(
                    exchange,
                    () -> terminate(exchange, backend.group(1), backend.group(2).equals("hard")));
        } else if (backend.matches() && backend.group(4).equals("status")) {
            get(exchange, () -> status(exchange, backend.group(3)));
        } else if (backend.matches()) {
            get(exchange, () -> stream(exchange, backend.group(3)));
        } else if (cluster.matches() && cluster.group(2) == null) {
            get(exchange, () -> clusterState(exchange));
        } else if (cluster.matches()) {
            post(exchange, () -> drain(exchange, cluster.group(2)));
        } else {
            exchange.reply(HttpReply.empty(404));
        }
    }

    private void connect(Exchange exchange) {
        String type = exchange.request().header("content-type");
        if (type == null || !type.matches("(?i)application/([^;]+\\+)?json\\s*(;.*)?")) {
            exchange.reply(HttpReply.text(415, "Expected request with `Content-Type: application/json`"));
            return;
        }
        striking.unary(Endpoint.CONNECT, null, exchange, () -> {
            ServerForms.PlaneConnect asked =
                    ServerForms.planeConnect(exchange.request().body());
            Connected connected = backends.connect(spec(asked));
            String drone = connected.spawned() ? DRONE : null;
            return ServerForms.planeConnectResponse(
                    response(connected), connected.backend().spec().subdomain(), drone);
        });
    }

    private static ConnectSpec spec(ServerForms.PlaneConnect asked) {
        return new ConnectSpec(
                "plane/" + asked.namespace(),
                asked.key(),
                asked.keyTag(),
                asked.spawn(),
                asked.backendId(),
                asked.lifetimeLimit(),
                asked.maxIdle(),
                asked.user(),
                asked.auth(),
                asked.staticToken(),
                asked.subdomain());
    }

    private ConnectResponse response(Connected connected) {
        DevBackend backend = connected.backend();
        return new ConnectResponse(
                backend.id(),
                connected.spawned(),
                backend.state().statusName(),
                connected.token().text(),
                url.resolve("/" + connected.token().text() + "/"),
                connected.token().secret(),
                url.resolve("/pub/b/" + backend.id() + "/status"),
                null);
    }

    private void status(Exchange exchange, String id) {
        striking.unary(
                Endpoint.STATUS,
                id,
                exchange,
                () -> ServerForms.planeState(backends.get(id).state()));
    }

    /** An unknown backend has a stream too, on which nothing ever comes. */
    private void stream(Exchange exchange, String id) {
        DevBackend backend = backends.find(id);
        if (backend == null) {
            keepAlive(exchange.stream(() -> {}), exchange);
            return;
        }
        String known = exchange.request().header("last-event-id");
        BackendStatus after = known == null ? null : knownStatus(known);
        StatusFeed feed = striking.stream(exchange, backend, after, PlaneFace::frame);
        if (feed != null) {
            keepAlive(feed);
        }
    }

    private static @Nullable BackendStatus knownStatus(String name) {
        BackendStatus status = BackendStatus.of(name);
        return status == BackendStatus.UNKNOWN ? null : status;
    }

    private static String frame(BackendState state) {
        return "data: " + ServerForms.planeState(state) + "\nid: " + state.statusName() + "\n\n";
    }

    private void keepAlive(StatusFeed feed) {
        loop.schedule(keepalive, () -> {
            if (!feed.isBroken()) {
                feed.keepAlive();
                keepAlive(feed);
            }
        });
    }

    private void keepAlive(EventSink sink, Exchange exchange) {
        loop.schedule(keepalive, () -> {
            if (exchange.isOpen()) {
                sink.send(":\n\n");
                keepAlive(sink, exchange);
            }
        });
    }

    private void terminate(Exchange exchange, String id, boolean hard) {
        striking.unary(Endpoint.TERMINATE, id, exchange, () -> {
            backends.terminate(backends.get(id), hard, TerminationReason.EXTERNAL);
            return "null";
        });
    }

    private void revoke(Exchange exchange) {
        Map.Entry<String, String> asked =
                ServerForms.planeRevoke(exchange.request().body());
        backends.revoke(asked.getKey(), asked.getValue());
        answer(exchange, "\"Token revoked successfully\"");
    }

    private void clusterState(Exchange exchange) {
        long running =
                backends.all().stream().filter(backend -> !backend.isOver()).count();
        answer(exchange, ServerForms.planeClusterState(backends.isDraining(), running, DRONE, "px-dev"));
    }

    private void drain(Exchange exchange, String drone) {
        if (!drone.equals(DRONE)) {
            throw new Refused(404, "NotFound", "Drone does not exist");
        }
        answer(exchange, "{\"updated\":" + backends.drain() + "}");
    }

    private static void answer(Exchange exchange, String json) {
        exchange.reply(HttpReply.json(200, json));
    }

    private static void get(Exchange exchange, Runnable action) {
        only("GET", exchange, action);
    }

    private static void post(Exchange exchange, Runnable action) {
        only("POST", exchange, action);
    }

    private static void only(String method, Exchange exchange, Runnable action) {
        if (exchange.request().method().equals(method)) {
            action.run();
        } else {
            exchange.reply(HttpReply.empty(405));
        }
    }
}
