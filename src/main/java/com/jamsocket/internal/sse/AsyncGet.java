package com.jamsocket.internal.sse;

import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.MediaType;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One GET, beside a stream and made like its handshake: with the address, headers and request filters of a target, and
 * with no thread that waits for the answer.
 */
public final class AsyncGet {

    private final HttpClient client;
    private final Executor executor;
    private final DelayTimer timer;
    private final Duration timeout;

    /**
     * What all such calls share.
     *
     * @param client sends the requests
     * @param executor runs request filters
     * @param timer bounds the reading of bodies
     * @param timeout how long an answer may take
     */
    public AsyncGet(HttpClient client, Executor executor, ScheduledExecutorService timer, Duration timeout) {
        this.client = client;
        this.executor = executor;
        this.timer = new DelayTimer(timer, () -> {});
        this.timeout = timeout;
    }

    /**
     * Sends the request; the future fails with what a filter threw or with the I/O failure. Completing it otherwise gives
     * the request up.
     */
    public CompletableFuture<Answer> send(WebTarget target, MediaType accept) {
        CompletableFuture<Answer> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                exchange(new Handshake(target, accept).prepare(""), result);
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private void exchange(Handshake.Prepared prepared, CompletableFuture<Answer> result) {
        if (prepared instanceof Answer answer) {
            result.complete(answer);
        } else if (prepared instanceof Handshake.Impossible impossible) {
            result.completeExceptionally(impossible.cause());
        } else if (!result.isDone()) {
            exchange(((Handshake.Ready) prepared).request(), result);
        }
    }

    private void exchange(HttpRequest prepared, CompletableFuture<Answer> result) {
        HttpRequest request = HttpRequest.newBuilder(prepared, (name, value) -> true)
                .timeout(timeout)
                .build();
        CompletableFuture<HttpResponse<String>> exchange = client.sendAsync(request, head -> new LimitedBody(timer));
        CompletionStage<HttpResponse<String>> end = exchange;
        end.whenComplete((response, failure) -> {
            if (failure == null) {
                result.complete(Answer.of(response));
            } else {
                result.completeExceptionally(failure);
            }
        });
        CompletionStage<Answer> asked = result;
        asked.whenComplete((answer, failure) -> exchange.cancel(true));
    }
}
