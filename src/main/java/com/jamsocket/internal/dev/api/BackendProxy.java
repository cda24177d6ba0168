package com.jamsocket.internal.dev.api;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.cluster.Cluster;
import com.jamsocket.internal.dev.cluster.Token;
import com.jamsocket.internal.dev.http.EventLoop;
import com.jamsocket.internal.dev.http.Exchange;
import com.jamsocket.internal.dev.http.HttpReply;
import com.jamsocket.internal.dev.http.HttpRequest;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The proxy to the backends: answers at connection URLs. On the loop's thread, but for the application. */
final class BackendProxy implements RequestHandler {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");

    private final EventLoop loop;
    private final Cluster cluster;
    private final BackendApplication application;
    private final Executor workers;

    BackendProxy(EventLoop loop, Cluster cluster, BackendApplication application, Executor workers) {
        this.loop = loop;
        this.cluster = cluster;
        this.application = application;
        this.workers = workers;
    }

    @Override
    public boolean handle(Exchange exchange) {
        String path = exchange.request().path();
        int end = path.indexOf('/', 1);
        String text = end < 0 ? path.substring(1) : path.substring(1, end);
        Token token = cluster.token(text);
        if (token != null) {
            whenReady(exchange, token, end < 0 ? "/" : path.substring(end));
            return true;
        }
        if (text.length() < Token.MIN_LENGTH) {
            return false;
        }
        exchange.reply(HttpReply.empty(410));
        return true;
    }

    /** A request to a backend that is not ready waits until it is, or has ended. */
    private void whenReady(Exchange exchange, Token token, String path) {
        Backend backend = token.backend();
        if (backend.status() == BackendStatus.READY || backend.status() == BackendStatus.TERMINATING) {
            forward(exchange, token, path);
            return;
        }
        Consumer<BackendState> waiting = new Consumer<>() {
            @Override
            public void accept(BackendState state) {
                if (!exchange.isOpen()) {
                    backend.unfollow(this);
                } else if (state.status() == BackendStatus.READY) {
                    backend.unfollow(this);
                    forward(exchange, token, path);
                } else if (state.status().isTerminal()) {
                    backend.unfollow(this);
                    exchange.reply(HttpReply.empty(410));
                }
            }
        };
        backend.follow(backend.status(), waiting);
    }

    private void forward(Exchange exchange, Token token, String path) {
        Backend backend = token.backend();
        HttpRequest request = forwarded(exchange.request(), token, path);
        cluster.requestBegins(backend);
        try {
            workers.execute(() -> {
                HttpReply reply = answer(backend.id(), request);
                loop.executeUnlessClosed(() -> {
                    cluster.requestEnds(backend);
                    exchange.reply(reply);
                });
            });
        } catch (RejectedExecutionException e) {
            exchange.drop(true);
        }
    }

    private HttpReply answer(String backendId, HttpRequest request) {
        try {
            return application
                    .answer(backendId, request)
                    .withDefault("x-plane-backend-id", backendId)
                    .withDefault("access-control-allow-origin", "*");
        } catch (Exception | Error e) {
            LOG.log(Level.ERROR, "The handler of backend " + backendId + " failed", e);
            return HttpReply.empty(502);
        }
    }

    /** The request as it reaches the backend. */
    private static HttpRequest forwarded(HttpRequest request, Token token, String path) {
        Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
        headers.keySet().removeIf(name -> name.startsWith("x-verified-"));
        addIfVisible(headers, "x-verified-username", token.user());
        addIfVisible(headers, "x-verified-user-data", token.isStatic() ? null : token.auth());
        headers.put("x-verified-secret", List.of(token.secret() == null ? "" : token.secret()));
        headers.put("x-verified-path", List.of(request.path()));
        headers.put("x-verified-backend", List.of(token.backend().id()));
        headers.put("x-forwarded-for", List.of("127.0.0.1"));
        headers.put("x-forwarded-proto", List.of("http"));
        return new HttpRequest(
                request.method(),
                token.isStatic() ? request.path() : path,
                request.query(),
                headers,
                request.body(),
                request.keepAlive(),
                request.chunkable());
    }

    /** Plane's proxy leaves out a header that would hold anything but visible ASCII. */
    private static void addIfVisible(Map<String, List<String>> headers, String name, @Nullable String value) {
        if (value != null && value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            headers.put(name, List.of(value));
        }
    }
}
