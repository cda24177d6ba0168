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
import com.jamsocket.internal.dev.http.RelayedRequest;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The proxy to the backends: answers at connection URLs. What runs somewhere is reached byte for byte; an
 * application in
 * this JVM gets whole requests. On the loop's thread, but for the application.
 */
final class BackendProxy {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");

    private final EventLoop loop;
    private final Cluster cluster;
    private final Programs programs;
    private final Executor workers;

    BackendProxy(EventLoop loop, Cluster cluster, Programs programs, Executor workers) {
        this.loop = loop;
        this.cluster = cluster;
        this.programs = programs;
        this.workers = workers;
    }

    /** Whether a request is carried on as it comes. */
    boolean streams(HttpRequest request) {
        Token token = token(request);
        return token != null && token.backend().isLaunched();
    }

    private @Nullable Token token(HttpRequest request) {
        return cluster.token(segment(request.path()));
    }

    private static String segment(String path) {
        int end = path.indexOf('/', 1);
        return path.equals("*") ? "" : path.substring(1, end < 0 ? path.length() : end);
    }

    void handle(Exchange exchange) {
        Token token = token(exchange.request());
        if (token != null) {
            whenReady(exchange, token);
        } else {
            exchange.reply(
                    switch (exchange.request().path()) {
                        case "/" -> HttpReply.empty(400);
                        case "/ready" -> HttpReply.empty(200);
                        default -> gone();
                    });
        }
    }

    private static HttpReply gone() {
        return ProxyHeaders.ofProxy(HttpReply.empty(410));
    }

    private void whenReady(Exchange exchange, Token token) {
        if (isReachable(token.backend())) {
            forward(exchange, token);
        } else {
            new WaitingRequest(exchange, token).begin();
        }
    }

    private static boolean isReachable(Backend backend) {
        return backend.status() == BackendStatus.READY
                || (backend.status() == BackendStatus.TERMINATING
                        && (!backend.isLaunched() || backend.address() != null));
    }

    private void forward(Exchange exchange, Token token) {
        Backend backend = token.backend();
        HttpRequest request = ProxyHeaders.forwarded(exchange.request(), token, exchange.remoteAddress());
        InetSocketAddress address = backend.address();
        if (address != null) {
            cluster.requestBegins(backend);
            exchange.relay(new RelayedRequest(
                    address,
                    request,
                    head -> ProxyHeaders.ofBackend(head, backend.id()),
                    status -> unreachable(status, backend.id()),
                    () -> cluster.requestEnds(backend)));
        } else if (backend.isLaunched()) {
            exchange.reply(unreachable(502, backend.id()));
        } else if (request.isUpgrade() && !"h2c".equalsIgnoreCase(request.header("upgrade"))) {
            exchange.reply(ProxyHeaders.ofProxy(HttpReply.text(
                    501,
                    "Backend " + backend.id() + " is a handler in the JVM, which cannot upgrade to "
                            + request.header("upgrade") + ". Give the service a launcher.")));
        } else {
            answer(exchange, backend, request);
        }
    }

    private static HttpReply unreachable(int status, String id) {
        String problem = status == 504 ? " did not accept a connection in time" : " did not answer with HTTP";
        return ProxyHeaders.ofProxy(HttpReply.text(status, "Backend " + id + problem + "."));
    }

    private void answer(Exchange exchange, Backend backend, HttpRequest request) {
        cluster.requestBegins(backend);
        BackendApplication application = programs.application(backend.spec());
        try {
            workers.execute(() -> {
                HttpReply reply = answer(application, backend, request);
                loop.executeUnlessClosed(() -> {
                    cluster.requestEnds(backend);
                    exchange.reply(reply);
                });
            });
        } catch (RejectedExecutionException e) {
            exchange.drop(true);
        }
    }

    private static HttpReply answer(BackendApplication application, Backend backend, HttpRequest request) {
        try {
            return ProxyHeaders.ofBackend(application.answer(backend, request), backend.id());
        } catch (Exception | Error e) {
            LOG.log(Level.ERROR, "The handler of backend " + backend.id() + " failed", e);
            return ProxyHeaders.ofProxy(HttpReply.empty(502));
        }
    }

    /** A request that waits until its backend is ready, or has ended. It keeps the backend from being idle. */
    private final class WaitingRequest implements Consumer<BackendState> {

        private final Exchange exchange;
        private final Token token;

        WaitingRequest(Exchange exchange, Token token) {
            this.exchange = exchange;
            this.token = token;
        }

        void begin() {
            Backend backend = token.backend();
            cluster.requestBegins(backend);
            backend.follow(backend.status(), this);
            exchange.whenGone(this::end);
        }

        @Override
        public void accept(BackendState state) {
            if (state.status() == BackendStatus.READY) {
                end();
                forward(exchange, token);
            } else if (state.status().isTerminal()) {
                end();
                exchange.reply(gone());
            }
        }

        /** The client may leave after that, too. */
        private void end() {
            if (token.backend().unfollow(this)) {
                cluster.requestEnds(token.backend());
            }
        }
    }
}
