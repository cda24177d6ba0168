package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** The way to the backends: connection URLs on the server's own port. On the loop's thread, but for the handler. */
final class Proxy implements Face {

    private final EventLoop loop;
    private final Backends backends;
    private final BackendHandler handler;
    private final Executor workers;

    Proxy(EventLoop loop, Backends backends, BackendHandler handler, Executor workers) {
        this.loop = loop;
        this.backends = backends;
        this.handler = handler;
        this.workers = workers;
    }

    @Override
    public boolean handle(Exchange exchange) {
        String path = exchange.request().path();
        int end = path.indexOf('/', 1);
        String token = end < 0 ? path.substring(1) : path.substring(1, end);
        Backends.Entry entry = backends.entry(token);
        if (entry == null || entry.backend().isOver()) {
            if (token.length() < 43) {
                return false;
            }
            exchange.reply(HttpReply.empty(410));
            return true;
        }
        whenReady(exchange, entry, end < 0 ? "/" : path.substring(end));
        return true;
    }

    /** A request to a backend that is not ready waits until it is, or has ended. */
    private void whenReady(Exchange exchange, Backends.Entry entry, String path) {
        DevBackend backend = entry.backend();
        if (backend.status() == BackendStatus.READY || backend.status() == BackendStatus.TERMINATING) {
            forward(exchange, entry, path);
            return;
        }
        Consumer<BackendState> waiting = new Consumer<>() {
            @Override
            public void accept(BackendState state) {
                if (!exchange.isOpen()) {
                    backend.unfollow(this);
                } else if (state.status() == BackendStatus.READY) {
                    backend.unfollow(this);
                    forward(exchange, entry, path);
                } else if (state.status().isTerminal()) {
                    backend.unfollow(this);
                    exchange.reply(HttpReply.empty(410));
                }
            }
        };
        backend.follow(backend.status(), waiting);
    }

    private void forward(Exchange exchange, Backends.Entry entry, String path) {
        DevBackend backend = entry.backend();
        BackendHandler.Request request = request(exchange.request(), entry, path);
        backend.requestBegins();
        try {
            workers.execute(() -> {
                HttpReply reply = answer(request, backend.id());
                loop.executeUnlessClosed(() -> {
                    backend.requestEnds();
                    exchange.reply(reply);
                });
            });
        } catch (RejectedExecutionException e) {
            exchange.drop(true);
        }
    }

    private HttpReply answer(BackendHandler.Request request, String backendId) {
        try {
            BackendHandler.Response response = handler.handle(request);
            return new HttpReply(response.status(), response.headers(), response.body())
                    .withDefault("x-plane-backend-id", backendId)
                    .withDefault("access-control-allow-origin", "*");
        } catch (Exception | Error e) {
            System.getLogger("com.jamsocket.dev")
                    .log(System.Logger.Level.ERROR, "The handler of backend " + backendId + " failed", e);
            return HttpReply.empty(502);
        }
    }

    private static BackendHandler.Request request(HttpRequest request, Backends.Entry entry, String path) {
        Token token = entry.token();
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, values) -> headers.put(name, values.get(0)));
        headers.keySet().removeIf(name -> name.startsWith("x-verified-"));
        String user = token.user();
        if (user != null && isVisibleAscii(user)) {
            headers.put("x-verified-username", user);
        }
        if (!token.isStatic() && isVisibleAscii(token.auth())) {
            headers.put("x-verified-user-data", token.auth());
        }
        headers.put("x-verified-secret", token.secret() == null ? "" : token.secret());
        headers.put("x-verified-path", request.path());
        headers.put("x-verified-backend", entry.backend().id());
        headers.put("x-forwarded-for", "127.0.0.1");
        headers.put("x-forwarded-proto", "http");
        return new BackendHandler.Request(
                entry.backend().id(),
                request.method(),
                token.isStatic() ? request.path() : path,
                request.query(),
                headers,
                request.body());
    }

    /** Plane's proxy leaves out a header that would hold anything else. */
    private static boolean isVisibleAscii(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }
}
