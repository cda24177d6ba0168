package com.jamsocket.internal.sse;

import com.jamsocket.internal.Redirect;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Ticker;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request with one answer over the JDK's HTTP client, made like the handshake of a stream: with the address,
 * headers and request filters of a target, and with no thread that waits for the answer. The JDK's client never sends a
 * POST twice by itself.
 */
public final class UnaryExchange {

    private final HttpClient client;
    private final DelayTimer timer;
    private final Duration timeout;
    private final int limit;

    /**
     * What all such requests share.
     *
     * @param client sends the requests
     * @param ticker bounds the reading of bodies
     * @param timeout how long the head of an answer may take, and then its body
     * @param limit the most bytes of a body; one more is read to tell that there are more
     */
    public UnaryExchange(HttpClient client, Ticker ticker, Duration timeout, int limit) {
        this.client = client;
        this.timer = new DelayTimer(ticker, () -> {});
        this.timeout = timeout;
        this.limit = limit;
    }

    /**
     * Sends a request; redirects of a GET are followed within its origin. The future fails with what a filter threw or
     * with the I/O failure. Completing it otherwise gives the request up.
     *
     * @param target where to; its filters run on the executor
     * @param body JSON in UTF-8, or null for none
     * @param authorization gives the header of that name, or null for none, on the executor too
     */
    public CompletableFuture<BufferedResponse> send(
            WebTarget target,
            String method,
            byte @Nullable [] body,
            Supplier<@Nullable String> authorization,
            Executor filterExecutor) {
        CompletableFuture<BufferedResponse> result = new CompletableFuture<>();
        filterExecutor.execute(() -> {
            try {
                Handshake.Prepared prepared = prepare(target, method, body, authorization.get());
                if (prepared instanceof BufferedResponse answer) {
                    result.complete(answer);
                } else if (prepared instanceof Handshake.Impossible impossible) {
                    result.completeExceptionally(impossible.cause());
                } else {
                    exchange(((Handshake.Ready) prepared).request(), 0, result);
                }
            } catch (RuntimeException | Error failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private static Handshake.Prepared prepare(
            WebTarget target, String method, byte @Nullable [] body, @Nullable String authorization) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON + ", " + MediaType.WILDCARD);
        headers.put(HttpHeaders.ACCEPT_ENCODING, "identity");
        if (body != null) {
            headers.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
        Map<String, String> given = authorization == null ? Map.of() : Map.of(HttpHeaders.AUTHORIZATION, authorization);
        RequestCapture capture = Objects.requireNonNull(RequestCapture.of(target), "not prepared");
        return capture.run(target, method, body, given, headers);
    }

    private void exchange(HttpRequest prepared, int redirects, CompletableFuture<BufferedResponse> result) {
        if (result.isDone()) {
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(prepared, (name, value) -> true)
                .timeout(timeout)
                .build();
        HttpExchange exchange =
                new HttpExchange(head -> LimitedBody.whole(limit, timeout, timer), (answer, failure) -> {
                    try {
                        conclude(prepared, redirects, answer, failure, result);
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                });
        exchange.send(client, request);
        Stages.whenDone(result, (answer, failure) -> exchange.cancel());
    }

    private void conclude(
            HttpRequest request,
            int redirects,
            @Nullable BufferedResponse answer,
            @Nullable Throwable failure,
            CompletableFuture<BufferedResponse> result) {
        if (answer == null) {
            result.completeExceptionally(Objects.requireNonNull(failure));
            return;
        }
        Redirect redirect =
                Redirect.of(request.method(), request.uri(), answer.status(), answer.header("Location"), redirects);
        if (redirect.destination() == null) {
            result.complete(answer.notFollowed(redirect));
        } else {
            exchange(Handshake.redirected(request, redirect.destination()), redirects + 1, result);
        }
    }
}
