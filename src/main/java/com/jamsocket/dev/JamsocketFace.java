package com.jamsocket.dev;

import static com.jamsocket.dev.PathSegments.decoded;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.SpawnOptions;
import com.jamsocket.TerminationReason;
import com.jamsocket.dev.Fault.Endpoint;
import com.jamsocket.internal.wire.ServerForms;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Jamsocket API, version 2, as far as a session backend's life goes. */
final class JamsocketFace implements Face {

    private static final Duration DEFAULT_MAX_IDLE = Duration.ofMinutes(5);
    private static final int MAX_KEY = 128;
    private static final Pattern CONNECT = Pattern.compile("/v2/service/([^/]+)/([^/]+)(?:/[^/]+)?/connect");
    private static final Pattern BACKEND = Pattern.compile("/v2/backend/([^/]+)/(status|status/stream|terminate)");

    private final Backends backends;
    private final Striking striking;
    private final URI url;
    private final @Nullable String bearer;

    JamsocketFace(Backends backends, Striking striking, URI url, @Nullable String bearer) {
        this.backends = backends;
        this.striking = striking;
        this.url = url;
        this.bearer = bearer;
    }

    @Override
    public boolean handle(Exchange exchange) {
        String path = exchange.request().path();
        Matcher connect = CONNECT.matcher(path);
        if (connect.matches()) {
            guarded(exchange, () -> connect(exchange, decoded(connect.group(1)) + "/" + decoded(connect.group(2))));
            return true;
        }
        Matcher backend = BACKEND.matcher(path);
        if (backend.matches()) {
            guarded(exchange, () -> route(exchange, decoded(backend.group(1)), backend.group(2)));
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

    private void connect(Exchange exchange, String namespace) {
        requirePost(exchange);
        requireToken(exchange);
        striking.unary(Endpoint.CONNECT, null, exchange, () -> {
            ConnectRequest request =
                    ServerForms.connectRequest(exchange.request().body());
            requireShort(request.key());
            return ok(ServerForms.connectResponse(
                    backends.connect(spec(namespace, request)).response(url, "/v2/backend/")));
        });
    }

    private static void requireShort(@Nullable String key) {
        if (key != null && key.codePointCount(0, key.length()) > MAX_KEY) {
            throw new Refused(400, "BadRequest", "A key has at most " + MAX_KEY + " characters.");
        }
    }

    private static ConnectSpec spec(String namespace, ConnectRequest request) {
        SpawnOptions options = request.spawnOptions();
        return new ConnectSpec(
                namespace,
                request.key(),
                "",
                request.spawn(),
                true,
                null,
                options == null ? null : options.lifetimeLimit(),
                options == null ? DEFAULT_MAX_IDLE : options.maxIdle(),
                request.user(),
                ServerForms.auth(request.auth()),
                false,
                null);
    }

    private void status(Exchange exchange, String id) {
        requireGet(exchange);
        striking.unary(
                Endpoint.STATUS,
                id,
                exchange,
                () -> ok(ServerForms.state(backends.get(id).state())));
    }

    private void stream(Exchange exchange, String id) {
        requireGet(exchange);
        DevBackend backend = backends.get(id);
        striking.stream(exchange, backend, null, JamsocketFace::frame);
    }

    private static String frame(BackendState state) {
        return "data:" + ServerForms.state(state) + "\n\n";
    }

    private void terminate(Exchange exchange, String id) {
        requirePost(exchange);
        requireToken(exchange);
        striking.unary(Endpoint.TERMINATE, id, exchange, () -> {
            DevBackend backend = backends.get(id);
            boolean hard = ServerForms.isHard(exchange.request().body());
            if (backend.isOver()) {
                throw new Refused(400, "BackendNotRunning", "The backend is not running.");
            }
            backends.terminate(backend, hard, TerminationReason.EXTERNAL);
            return ok("{\"status\":\"ok\"}");
        });
    }

    private static HttpReply ok(String json) {
        return open(HttpReply.json(200, json));
    }

    /** For pages from everywhere. */
    private static HttpReply open(HttpReply reply) {
        return reply.withDefault("access-control-allow-origin", "*");
    }

    private static void requireGet(Exchange exchange) {
        requireMethod(exchange.request().isGet(), "GET");
    }

    private static void requirePost(Exchange exchange) {
        requireMethod(exchange.request().method().equals("POST"), "POST");
    }

    private static void requireMethod(boolean given, String method) {
        if (!given) {
            throw new Refused(405, "MethodNotAllowed", "Only " + method + " is answered here.");
        }
    }

    private void requireToken(Exchange exchange) {
        if (bearer != null && !("Bearer " + bearer).equals(exchange.request().header("authorization"))) {
            throw new Refused(401, "Unauthorized", "The token is missing or wrong.");
        }
    }

    private static void guarded(Exchange exchange, Runnable answer) {
        try {
            answer.run();
        } catch (Refused e) {
            refuse(exchange, e.status(), e.kind(), e.getMessage());
        } catch (JamsocketProtocolException e) {
            refuse(exchange, 400, "BadRequest", "Failed to parse the request body as JSON: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400, "BadRequest", String.valueOf(e.getMessage()));
        }
    }

    private static void refuse(Exchange exchange, int status, String code, @Nullable String message) {
        String body = ServerForms.error(status, code, String.valueOf(message), RandomName.next());
        exchange.reply(open(HttpReply.json(status, body)));
    }
}
