package com.jamsocket.internal.sse;

import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.MediaType;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

    /** Sends the request; the stage fails with what a filter threw or with the I/O failure. */
    public CompletableFuture<Answer> send(WebTarget target, MediaType accept) {
        return CompletableFuture.supplyAsync(() -> new Handshake(target, accept).prepare(""), executor)
                .thenCompose(this::exchange);
    }

    private CompletableFuture<Answer> exchange(Handshake.Prepared prepared) {
        if (prepared instanceof Answer answer) {
            return CompletableFuture.completedFuture(answer);
        }
        if (prepared instanceof Handshake.Impossible impossible) {
            return CompletableFuture.failedFuture(impossible.cause());
        }
        HttpRequest request = HttpRequest.newBuilder(((Handshake.Ready) prepared).request(), (name, value) -> true)
                .timeout(timeout)
                .build();
        return client.sendAsync(request, head -> new LimitedBody(timer)).thenApply(Answer::of);
    }
}
