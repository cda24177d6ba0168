package com.jamsocket.internal.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client: one thread waits for all of its sockets. It is made when it is first used.
 *
 * <p>This stands before it and lets go of it when it is closed. On Java 17 that is the only way to end the JDK's thread
 * and the connections that it keeps: they live for as long as anything can reach their client, and its own kept
 * connections can, by way of the last thing that was read from them.
 */
final class JdkHttp extends HttpClient {

    private final HttpSettings settings;
    private final Executor io;
    private final ProxySelector proxies = new PresentProxies();
    private final ProxyCredentials credentials;
    private volatile @Nullable HttpClient jdk;
    private volatile boolean released;

    /**
     * Opens nothing yet.
     *
     * @param io never blocks
     * @param authenticators runs code of the application that may block
     */
    JdkHttp(HttpSettings settings, Executor io, Executor authenticators) {
        this.settings = settings;
        this.io = io;
        this.credentials = new ProxyCredentials(proxies, authenticators);
    }

    private HttpClient newClient() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .proxy(proxies)
                .executor(io);
        if (settings.sslContext() != null) {
            builder.sslContext(settings.sslContext());
        }
        return builder.build();
    }

    /** Ends the thread and the kept connections: at once on Java 21 and later, on 17 after the next collection. */
    void release() {
        HttpClient last;
        synchronized (this) {
            released = true;
            last = jdk;
            jdk = null;
        }
        if (last != null) {
            shutDown(last);
        }
    }

    private static void shutDown(HttpClient client) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (NoSuchMethodException e) {
            System.getLogger("com.jamsocket").log(Level.TRACE, "this JDK closes HTTP clients by itself");
        } catch (IllegalAccessException | InvocationTargetException e) {
            System.getLogger("com.jamsocket").log(Level.WARNING, "JAMSOCKET-403 The HTTP client was not closed", e);
        }
    }

    private HttpClient open() throws IOException {
        HttpClient client = jdk;
        return client == null ? openFirst() : client;
    }

    private synchronized HttpClient openFirst() throws IOException {
        if (released) {
            throw new IOException("the HTTP client is closed");
        }
        HttpClient client = jdk;
        if (client == null) {
            client = newClient();
            jdk = client;
        }
        return client;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return open().send(request, handler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushPromises) {
        try {
            HttpClient client = open();
            return credentials.send(request, sent -> client.sendAsync(sent, handler, pushPromises));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.of(io);
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NEVER;
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return asked().flatMap(HttpClient::connectTimeout);
    }

    @Override
    public SSLContext sslContext() {
        return asked().orElseThrow().sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return asked().orElseThrow().sslParameters();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    private Optional<HttpClient> asked() {
        return Optional.ofNullable(jdk);
    }
}
