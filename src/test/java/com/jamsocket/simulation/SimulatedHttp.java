package com.jamsocket.simulation;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Stands for the JDK's HTTP client: requests go to a model of a server, and its bytes into the real subscribers. */
final class SimulatedHttp extends HttpClient {

    private final SimulatedTime time;
    private final Executor threads;
    private final Consumer<Exchange<?>> server;
    private final Set<Exchange<?>> open = new HashSet<>();
    private boolean closed;

    SimulatedHttp(SimulatedTime time, Executor threads, Consumer<Exchange<?>> server) {
        this.time = time;
        this.threads = threads;
        this.server = server;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        if (closed) {
            return CompletableFuture.failedFuture(new IOException("the HTTP client is closed"));
        }
        Exchange<T> exchange = new Exchange<>(request, handler, time, threads, open::remove);
        open.add(exchange);
        request.timeout().ifPresent(limit -> time.at(limit, exchange::headTimeout));
        server.accept(exchange);
        return exchange.answer();
    }

    /** Ends it, and what is under way as later JDKs do, or lets that go on as JDK 17 does. */
    void close(boolean atOnce) {
        closed = true;
        if (atOnce) {
            Set.copyOf(open).forEach(exchange -> exchange.fail(new IOException("the HTTP client is closed")));
        }
    }

    /** The connections that are in use. */
    Set<Exchange<?>> connections() {
        return open;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        throw new UnsupportedOperationException("nothing blocks in simulated time");
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushPromises) {
        return sendAsync(request, handler);
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NEVER;
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return Optional.empty();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SSLParameters sslParameters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.empty();
    }
}
