package com.jamsocket.internal.dev.api;

import static com.jamsocket.internal.dev.api.PathSegments.decoded;

import com.jamsocket.BackendState;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.TerminationReason;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.dev.api.InjectedFault.Endpoint;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.cluster.Cluster;
import com.jamsocket.internal.dev.cluster.ClusterException;
import com.jamsocket.internal.dev.cluster.ConnectSpec;
import com.jamsocket.internal.dev.cluster.RandomName;
import com.jamsocket.internal.dev.http.Exchange;
import com.jamsocket.internal.dev.http.HttpReply;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Jamsocket API, version 2, as far as a session backend's life goes. */
final class JamsocketApi implements RequestHandler {

    private static final Pattern CONNECT = Pattern.compile("/v2/service/([^/]+)/([^/]+)(?:/[^/]+)?/connect");
    private static final Pattern BACKEND = Pattern.compile("/v2/backend/([^/]+)/(status|status/stream|terminate)");

    /** What the browser may read: how a backend is. */
    private static final Map<String, String> OPEN = Map.of("access-control-allow-origin", "*");

    private static final StatusFeed.Form STREAM = new StatusFeed.Form(JamsocketApi::frame, OPEN);

    private final Cluster cluster;
    private final FaultInjector injector;
    private final ConnectionUrls urls;
    private final SpawnDefaults defaults;
    private final Ticker ticker;
    private final Duration keepalive;
    private final @Nullable String bearer;

    JamsocketApi(
            Cluster cluster,
            FaultInjector injector,
            ConnectionUrls urls,
            SpawnDefaults defaults,
            Ticker ticker,
            DevServerSettings settings) {
        this.cluster = cluster;
        this.injector = injector;
        this.urls = urls;
        this.defaults = defaults;
        this.ticker = ticker;
        this.keepalive = settings.keepalive;
        this.bearer = settings.token;
    }

    @Override
    public boolean handle(Exchange exchange) {
        String path = exchange.request().path();
        if (path.startsWith("/v2/") && exchange.request().method().equals("OPTIONS")) {
            // As the original: so a preflight for anything but a plain GET fails.
            exchange.reply(open(HttpReply.empty(204)));
            return true;
        }
        Matcher connect = CONNECT.matcher(path);
        if (connect.matches()) {
            guarded(
                    exchange,
                    () -> connect(
                            exchange, decoded("account", connect.group(1)), decoded("service", connect.group(2))));
            return true;
        }
        Matcher backend = BACKEND.matcher(path);
        if (backend.matches()) {
            guarded(exchange, () -> route(exchange, decoded("backend", backend.group(1)), backend.group(2)));
            return true;
        }
        return false;
    }

    private void route(Exchange exchange, String id, String action) {
        switch (action) {
            case "status" -> status(exchange, id);
            case "status/stream" -> stream(exchange, id);
            default -> terminate(exchange, id);
        }
    }

    private void connect(Exchange exchange, String account, String service) {
        requirePost(exchange);
        requireToken(exchange);
        injector.unary(Endpoint.CONNECT, null, exchange, () -> {
            ConnectSpec spec = JamsocketRequests.connect(exchange.request().body(), account, service, defaults);
            return ok(JamsocketForms.connectResponse(urls.response(cluster.connect(spec), "v2/backend/")));
        });
    }

    private void status(Exchange exchange, String id) {
        requireGet(exchange);
        injector.unary(
                Endpoint.STATUS,
                id,
                exchange,
                () -> open(ok(JamsocketForms.state(cluster.get(id).state()))));
    }

    private void stream(Exchange exchange, String id) {
        requireGet(exchange);
        Backend backend = cluster.get(id);
        StatusFeed feed = injector.stream(exchange, backend, null, STREAM);
        if (feed != null && feed.dropsEvents()) {
            feed.keepAliveEvery(keepalive, ticker);
        }
    }

    private static String frame(BackendState state) {
        return "data:" + JamsocketForms.state(state) + "\n\n";
    }

    private void terminate(Exchange exchange, String id) {
        requirePost(exchange);
        requireToken(exchange);
        injector.unary(Endpoint.TERMINATE, id, exchange, () -> {
            Backend backend = cluster.get(id);
            boolean hard = JamsocketForms.isHard(exchange.request().body());
            if (backend.isOver()) {
                throw new ApiErrorException(400, "BackendNotRunning", "The backend is not running.");
            }
            cluster.terminate(backend, hard, TerminationReason.EXTERNAL);
            return ok("{\"status\":\"ok\"}");
        });
    }

    private static HttpReply ok(String json) {
        return HttpReply.json(200, json);
    }

    /** For pages from everywhere. */
    private static HttpReply open(HttpReply reply) {
        return reply.with(OPEN);
    }

    private static void requireGet(Exchange exchange) {
        requireMethod(exchange.request().isGet(), "GET");
    }

    private static void requirePost(Exchange exchange) {
        requireMethod(exchange.request().method().equals("POST"), "POST");
    }

    private static void requireMethod(boolean given, String method) {
        if (!given) {
            throw new ApiErrorException(405, "MethodNotAllowed", "Only " + method + " is answered here.");
        }
    }

    private void requireToken(Exchange exchange) {
        if (bearer != null && !("Bearer " + bearer).equals(exchange.request().header("authorization"))) {
            throw new ApiErrorException(401, "Unauthorized", "The token is missing or wrong.");
        }
    }

    private void guarded(Exchange exchange, Runnable answer) {
        try {
            answer.run();
        } catch (ClusterException e) {
            refuse(exchange, ApiErrorException.of(e));
        } catch (ApiErrorException e) {
            refuse(exchange, e);
        } catch (JamsocketProtocolException e) {
            refuse(exchange, badRequest("Failed to parse the request body as JSON: " + e.getMessage()));
        } catch (IllegalArgumentException e) {
            refuse(exchange, badRequest(String.valueOf(e.getMessage())));
        }
    }

    private static ApiErrorException badRequest(String message) {
        return new ApiErrorException(400, "BadRequest", message);
    }

    private void refuse(Exchange exchange, ApiErrorException error) {
        String body = JamsocketForms.error(
                error.status(), error.kind(), String.valueOf(error.getMessage()), RandomName.next(ticker.random()));
        HttpReply reply = HttpReply.json(error.status(), body);
        exchange.reply(exchange.request().isGet() ? open(reply) : reply);
    }
}
