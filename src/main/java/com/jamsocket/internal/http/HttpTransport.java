package com.jamsocket.internal.http;

import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.JamsocketException;
import com.jamsocket.JamsocketInterruptedException;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.HttpStatus;
import com.jamsocket.internal.Redirect;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.sse.BufferedResponse;
import com.jamsocket.internal.sse.HttpEventSource;
import com.jamsocket.internal.sse.TunnelRefusedException;
import com.jamsocket.internal.sse.UnaryExchange;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Reply;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The two HTTP clients of a Jamsocket client, behind one face. The platform's Jakarta REST client carries what a thread
 * waits for. The JDK's carries what no thread waits for, and what must not arrive twice: {@code HttpURLConnection}, on
 * which Jersey builds, sends a POST again by itself when a kept connection breaks before the answer. Filters, headers
 * and TLS settings of the application hold for both. Bodies cross the Jakarta REST client as bytes: its JSON provider
 * is the platform's, and each platform's has its own ways.
 */
public final class HttpTransport implements Transport {

    private final HttpSettings settings;
    private final Client client;
    private final boolean avoidsRestClient;
    private final WebTarget base;
    private final JdkHttp jdk;
    private final UnaryExchange exchange;
    private final Ticker ticker;

    /**
     * Makes the clients; nothing is sent yet.
     *
     * @param ticker bounds how long the JDK's client reads
     * @param io the threads of the JDK's client
     * @param authenticators runs what the application is asked for, which may block
     */
    public HttpTransport(HttpSettings settings, Ticker ticker, Executor io, Executor authenticators) {
        this.settings = settings;
        this.ticker = ticker;
        this.client = newClient(settings);
        client.register(new FixedHeaders(settings.credentials()));
        settings.components().forEach(this::register);
        HttpEventSource.prepare(client, hasFilters() ? null : headers(settings.credentials()));
        this.avoidsRestClient = settings.traced() && tracesBelowFilters(client);
        this.base = client.target(settings.base());
        settings.credentials().use();
        this.jdk = new JdkHttp(settings, io, authenticators);
        this.exchange = new UnaryExchange(jdk, ticker, settings.readTimeout(), Reply.MAX_BODY);
    }

    /**
     * Whether requests are traced, if at all, where no filter sees it. Quarkus does so: its client writes a second
     * {@code traceparent} beside that of a filter, and servers ignore both.
     */
    private static boolean tracesBelowFilters(Client client) {
        return client.getClass().getName().startsWith("org.jboss.resteasy.reactive.");
    }

    /** A client with the time limits and TLS settings, and nothing else. */
    static Client newClient(HttpSettings settings) {
        ClientBuilder builder = newBuilder()
                .connectTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(settings.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
                // Jersey would follow, and take the headers along.
                .property("jersey.config.client.followRedirects", false);
        if (settings.sslContext() != null) {
            builder.sslContext(settings.sslContext());
        }
        return builder.build();
    }

    private static ClientBuilder newBuilder() {
        try {
            return ClientBuilder.newBuilder();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof ClassNotFoundException) {
                throw new JamsocketConfigurationException(List.of("there is no Jakarta REST client, which a server"
                        + " brings: in Java SE and in tests add the dependencies"
                        + " org.glassfish.jersey.core:jersey-client and org.glassfish.jersey.inject:jersey-hk2 ("
                        + e.getCause().getMessage() + ")"));
            }
            throw e;
        }
    }

    private void register(Object component) {
        if (component instanceof Class<?> type) {
            client.register(type);
        } else {
            client.register(component);
        }
    }

    private static Set<String> headers(Credentials credentials) {
        Set<String> names = new HashSet<>();
        credentials.forEachHeader((name, value) -> names.add(name));
        return names;
    }

    @Override
    public boolean hasFilters() {
        return !settings.components().isEmpty() || settings.credentials().areSupplied();
    }

    @Override
    public WebTarget target(Call call) {
        try {
            return base.path(call.path());
        } catch (IllegalStateException e) {
            throw closed(e);
        }
    }

    @Override
    public HttpClient streams() {
        return jdk;
    }

    @Override
    public int credentials() {
        return settings.credentials().generation();
    }

    @Override
    public boolean renewCredentials(int refused) {
        return settings.credentials().renew(refused);
    }

    /** A request that was not let in has done nothing, so that it may be sent again. */
    private boolean mayBeLetIn(Reply reply, int used) {
        return reply.status() == HttpStatus.UNAUTHORIZED && renewCredentials(used);
    }

    @Override
    public boolean needsThread(Call call) {
        return call.repeatable() && !avoidsRestClient;
    }

    @Override
    public Reply send(Call call, FollowUps followUps) {
        int used = credentials();
        Reply reply = sendOnce(call, followUps);
        return mayBeLetIn(reply, used)
                ? followUps.run(() -> {
                    requireWanted(call);
                    return sendOnce(call, FollowUps.HERE);
                })
                : reply;
    }

    private Reply sendOnce(Call call, FollowUps followUps) {
        return needsThread(call) ? sendByRestClient(call, followUps) : await(call, sendOnceAsync(call, Runnable::run));
    }

    /** A call that was given up need not be sent to its end. */
    private static void requireWanted(Call call) {
        if (Thread.currentThread().isInterrupted()) {
            throw new JamsocketInterruptedException("interrupted while waiting for the answer to " + call);
        }
    }

    @Override
    public CompletableFuture<Reply> sendAsync(Call call, Executor filterExecutor) {
        if (!settings.credentials().areSupplied()) {
            return sendOnceAsync(call, filterExecutor);
        }
        int used = credentials();
        CompletableFuture<Reply> result = new CompletableFuture<>();
        pass(sendOnceAsync(call, filterExecutor), result, reply -> {
            if (mayBeLetIn(reply, used)) {
                pass(sendOnceAsync(call, filterExecutor), result, result::complete);
            } else {
                result.complete(reply);
            }
        });
        return result;
    }

    private static void pass(
            CompletableFuture<Reply> attempt, CompletableFuture<Reply> result, Consumer<Reply> whenReplied) {
        Stages.whenDone(attempt, (reply, failure) -> {
            if (reply == null) {
                result.completeExceptionally(Objects.requireNonNull(failure));
            } else {
                whenReplied.accept(reply);
            }
        });
        Stages.cancelWhenDone(result, attempt);
    }

    private CompletableFuture<Reply> sendOnceAsync(Call call, Executor filterExecutor) {
        CompletableFuture<BufferedResponse> answer = exchange.send(
                target(call),
                call.method(),
                body(call),
                () -> settings.authorization(call).orElse(null),
                filterExecutor);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Stages.whenDone(answer, (received, failure) -> {
            if (received != null) {
                reply.complete(reply(received));
            } else {
                reply.completeExceptionally(failure(call, Objects.requireNonNull(failure)));
            }
        });
        Stages.cancelWhenDone(reply, answer);
        return reply;
    }

    private static Reply reply(BufferedResponse answer) {
        return Reply.of(answer.status(), answer::header, answer.body()).notFollowed(answer.redirectProblem());
    }

    private Throwable failure(Call call, Throwable failure) {
        JamsocketException ours = NoAnswer.ours(failure);
        if (ours != null) {
            return ours;
        }
        // What a filter throws, Jakarta REST clients wrap; the JDK's fails on a length that is no number as on an
        // argument.
        return failure instanceof IOException
                        || failure instanceof ProcessingException
                        || failure instanceof IllegalArgumentException
                ? NoAnswer.to(call, settings, failure)
                : failure;
    }

    private static Reply await(Call call, CompletableFuture<Reply> reply) {
        try {
            return reply.get();
        } catch (InterruptedException e) {
            reply.cancel(true);
            Thread.currentThread().interrupt();
            throw new JamsocketInterruptedException("interrupted while waiting for the answer to " + call);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JamsocketException known) {
                // It is new: nobody else has seen it. The caller's stack is the one to look at.
                known.fillInStackTrace();
                throw known;
            }
            if (e.getCause() instanceof RuntimeException ofFilter) {
                throw ofFilter;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Reply sendByRestClient(Call call, FollowUps followUps) {
        WebTarget target = target(call);
        Reply reply = sendByRestClient(call, target);
        Redirect redirect = redirect(call, target.getUri(), reply, 0);
        URI destination = redirect.destination();
        return destination == null
                ? reply.notFollowed(redirect.problem())
                : followUps.run(() -> follow(call, destination));
    }

    private Reply follow(Call call, URI first) {
        URI uri = first;
        for (int redirects = 1; ; redirects++) {
            requireWanted(call);
            Reply reply = sendByRestClient(call, client.target(uri));
            Redirect redirect = redirect(call, uri, reply, redirects);
            if (redirect.destination() == null) {
                return reply.notFollowed(redirect.problem());
            }
            uri = redirect.destination();
        }
    }

    private static Redirect redirect(Call call, URI from, Reply reply, int redirects) {
        return Redirect.of(call.method(), from, reply.status(), reply.headers().get("location"), redirects);
    }

    private Reply sendByRestClient(Call call, WebTarget target) {
        Invocation.Builder request = target.request(MediaType.APPLICATION_JSON_TYPE, MediaType.WILDCARD_TYPE)
                .header(HttpHeaders.ACCEPT_ENCODING, "identity");
        settings.authorization(call).ifPresent(value -> request.header(HttpHeaders.AUTHORIZATION, value));
        Deadline deadline = Deadline.after(settings.connectTimeout().plus(settings.readTimeout()), ticker);
        byte[] body = body(call);
        try (LimitedResponse response = new LimitedResponse(
                body == null
                        ? request.method(call.method())
                        : request.method(call.method(), Entity.entity(body, MediaType.APPLICATION_JSON_TYPE)),
                deadline)) {
            Reply reply = response.reply();
            requireTunnel(target.getUri(), reply.status());
            return reply;
        } catch (ProcessingException | IOException | IllegalArgumentException e) {
            // What a header of the answer cannot be parsed to, some implementations take for an argument.
            JamsocketException ours = NoAnswer.ours(e);
            throw ours != null ? ours : NoAnswer.to(call, settings, e);
        } catch (IllegalStateException e) {
            throw closed(e);
        }
    }

    /**
     * Behind TLS nobody but the proxy that was to tunnel answers 407; URL connections give it out as the server's.
     */
    private static void requireTunnel(URI uri, int status) throws TunnelRefusedException {
        if (status == HttpStatus.PROXY_AUTHENTICATION_REQUIRED
                && uri.getScheme().equalsIgnoreCase("https")) {
            throw new TunnelRefusedException(status);
        }
    }

    private static byte @Nullable [] body(Call call) {
        return call.body() == null ? null : call.body().getBytes(StandardCharsets.UTF_8);
    }

    /** Some clients say that they are closed only when they are used. */
    private static IllegalStateException closed(IllegalStateException cause) {
        return new IllegalStateException("the Jamsocket client is closed", cause);
    }

    @Override
    public void close() {
        client.close();
        jdk.release();
        settings.credentials().release();
    }
}
