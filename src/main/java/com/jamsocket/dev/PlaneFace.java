package com.jamsocket.dev;

import static com.jamsocket.dev.PathSegments.decoded;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
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

    private static final Pattern JSON_TYPE =
            Pattern.compile("application/([^;]+\\+)?json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

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
            reply(exchange, refusal(e));
        } catch (JamsocketProtocolException e) {
            exchange.reply(HttpReply.text(400, "Failed to parse the request body as JSON: " + e.getMessage()));
        } catch (IllegalArgumentException e) {
            exchange.reply(HttpReply.text(422, String.valueOf(e.getMessage())));
        } catch (IllegalStateException e) {
            reply(exchange, refusal(new Refused(500, "Other", String.valueOf(e.getMessage()))));
        }
        return true;
    }

    private static HttpReply refusal(Refused refused) {
        String message = String.valueOf(refused.getMessage());
        return refused.status() == 400 || refused.status() == 415
                ? HttpReply.text(refused.status(), message)
                : HttpReply.json(refused.status(), ServerForms.planeError(RandomName.next(), refused.kind(), message));
    }

    /** What is public is so for pages from everywhere. */
    private static void reply(Exchange exchange, HttpReply reply) {
        boolean open = exchange.request().path().startsWith("/pub/");
        exchange.reply(open ? reply.withDefault("access-control-allow-origin", "*") : reply);
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
            boolean hard = backend.group(2).equals("hard");
            post(exchange, () -> terminate(exchange, decoded(backend.group(1)), hard));
        } else if (backend.matches() && backend.group(4).equals("status")) {
            get(exchange, () -> status(exchange, decoded(backend.group(3))));
        } else if (backend.matches()) {
            get(exchange, () -> stream(exchange, decoded(backend.group(3))));
        } else if (cluster.matches() && cluster.group(2) == null) {
            get(exchange, () -> clusterState(exchange));
        } else if (cluster.matches()) {
            post(exchange, () -> drain(exchange, decoded(cluster.group(2))));
        } else {
            exchange.reply(HttpReply.empty(404));
        }
    }

    private void connect(Exchange exchange) {
        requireJson(exchange);
        striking.unary(Endpoint.CONNECT, null, exchange, () -> {
            ServerForms.PlaneConnect asked =
                    ServerForms.planeConnect(exchange.request().body());
            Connected connected = backends.connect(spec(asked));
            String drone = connected.spawned() ? DRONE : null;
            return HttpReply.json(
                    200,
                    ServerForms.planeConnectResponse(
                            connected.response(url, "/pub/b/"),
                            connected.backend().spec().subdomain(),
                            drone));
        });
    }

    private static void requireJson(Exchange exchange) {
        String type = exchange.request().header("content-type");
        if (type == null || !JSON_TYPE.matcher(type).matches()) {
            throw new Refused(415, "", "Expected request with `Content-Type: application/json`");
        }
    }

    private static ConnectSpec spec(ServerForms.PlaneConnect asked) {
        return new ConnectSpec(
                // No other namespace can begin like this.
                "//" + asked.namespace(),
                asked.key(),
                asked.keyTag(),
                asked.spawn(),
                asked.executable(),
                asked.backendId(),
                asked.lifetimeLimit(),
                asked.maxIdle(),
                asked.user(),
                asked.auth(),
                asked.staticToken(),
                asked.subdomain());
    }

    private void status(Exchange exchange, String id) {
        striking.unary(Endpoint.STATUS, id, exchange, () -> HttpReply.json(
                        200, ServerForms.planeState(backends.get(id).state()))
                .withDefault("access-control-allow-origin", "*"));
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
            return HttpReply.json(200, "null");
        });
    }

    private void revoke(Exchange exchange) {
        requireJson(exchange);
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
        reply(exchange, HttpReply.json(200, json));
    }

    private static void get(Exchange exchange, Runnable action) {
        only(exchange.request().isGet(), exchange, action);
    }

    private static void post(Exchange exchange, Runnable action) {
        only(exchange.request().method().equals("POST"), exchange, action);
    }

    private static void only(boolean allowed, Exchange exchange, Runnable action) {
        if (allowed) {
            action.run();
        } else {
            exchange.reply(HttpReply.empty(405));
        }
    }
}
