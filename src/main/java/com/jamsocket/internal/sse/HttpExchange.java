package com.jamsocket.internal.sse;

import com.jamsocket.internal.Stages;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request of the JDK's HTTP client with its answer, cancelled without harm to other requests. The JDK puts a
 * connection back into its pool with the last byte of a body, but takes its exchange for unfinished until a thread has
 * completed the future; whoever cancels the future in between closes a connection that is another request's by then.
 * The subscription of a body knows better. So the future is cancelled only while there is no body.
 */
final class HttpExchange {
    private final Function<ResponseInfo, Body> bodies;

    // Written by whichever thread the exchange is on, read by whoever cancels.
    private volatile @Nullable Future<?> answer;
    private volatile @Nullable Body body;
    private volatile boolean cancelled;

    /**
     * An exchange that is to be sent.
     *
     * @param bodies what is to become of the body, given the head of the answer
     */
    HttpExchange(Function<ResponseInfo, Body> bodies) {
        this.bodies = bodies;
    }

    /**
     * Sends the request, once.
     *
     * @param whenDone is told the answer or the I/O failure, which is a {@link TunnelRefusedException} if a proxy has
     *     answered in the place of the server
     */
    void send(HttpClient client, HttpRequest request, BiConsumer<@Nullable Answer, @Nullable Throwable> whenDone) {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, this::receive);
        answer = sent;
        cancelIfAsked();
        Stages.whenDone(sent, (response, failure) -> {
            TunnelRefusedException refusal = TunnelRefusedException.in(response, failure);
            if (refusal != null) {
                whenDone.accept(null, refusal);
            } else {
                whenDone.accept(response == null ? null : Answer.of(response), failure);
            }
        });
    }

    /** What receives the answer's body, or null before its head was there. */
    @Nullable
    Body body() {
        return body;
    }

    /** Gives the exchange up, in whatever state it is: its connection is closed, unless another request has it. */
    void cancel() {
        cancelled = true;
        cancelIfAsked();
    }

    private Body receive(ResponseInfo head) {
        Body received = bodies.apply(head);
        body = received;
        cancelIfAsked();
        return received;
    }

    /** Called after each write that it reads, so that whichever of two threads comes second sees both writes. */
    private void cancelIfAsked() {
        if (!cancelled) {
            return;
        }
        Body begun = body;
        Future<?> sent = answer;
        if (begun != null) {
            begun.cancel();
        } else if (sent != null) {
            sent.cancel(true);
        }
    }
}
