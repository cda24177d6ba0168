package com.jamsocket.internal.sse;

import com.jamsocket.internal.HttpStatus;
import com.jamsocket.internal.Stages;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request of the JDK's HTTP client with its answer, cancelled without harm to other requests. The JDK puts a
 * connection back into its pool with the last byte of a body, but takes its exchange for unfinished until a thread has
 * completed the future; whoever cancels the future in between closes a connection that is another request's by then.
 * The subscription of a body knows better. So the future is cancelled only while there is no body.
 *
 * <p>The body also is who tells that the exchange is over. The JDK completes its future on the common pool, and up to
 * Java 24 on a thread that it starts for this alone where there are no more than two processors. It does neither for a
 * future that is complete.
 */
final class HttpExchange {
    private final Function<ResponseInfo, Body> bodies;
    private final BiConsumer<@Nullable BufferedResponse, @Nullable Throwable> whenDone;
    private final AtomicBoolean done = new AtomicBoolean();

    // Written by whichever thread the exchange is on, read by whoever cancels.
    private volatile @Nullable CompletableFuture<?> response;
    private volatile @Nullable Body body;
    private volatile boolean cancelled;

    /**
     * An exchange that is to be sent.
     *
     * @param bodies what is to become of the body, given the head of the answer
     * @param whenDone is told the answer or the I/O failure, once, on whichever thread brings it; must not block. The
     *     failure is a {@link TunnelRefusedException} if a proxy has answered in the place of the server
     */
    HttpExchange(
            Function<ResponseInfo, Body> bodies, BiConsumer<@Nullable BufferedResponse, @Nullable Throwable> whenDone) {
        this.bodies = bodies;
        this.whenDone = whenDone;
    }

    /** Sends the request, once. */
    void send(HttpClient client, HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, this::receive);
        response = sent;
        cancelIfAsked();
        Stages.whenDone(sent, this::responded);
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
        // To this one a proxy may be given credentials, and then another answer is the one.
        if (head.statusCode() != HttpStatus.PROXY_AUTHENTICATION_REQUIRED) {
            received.beforeEnd((read, failure) -> ended(head, read, failure));
        }
        body = received;
        cancelIfAsked();
        return received;
    }

    private void ended(ResponseInfo head, byte @Nullable [] read, @Nullable Throwable failure) {
        boolean first = done.compareAndSet(false, true);
        CompletableFuture<?> sent = response;
        if (sent != null) {
            sent.complete(null);
        }
        if (first) {
            whenDone.accept(read == null ? null : BufferedResponse.of(head, read), failure);
        }
    }

    private void responded(@Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        TunnelRefusedException refusal = TunnelRefusedException.in(response, failure);
        if (refusal != null) {
            whenDone.accept(null, refusal);
        } else {
            whenDone.accept(response == null ? null : BufferedResponse.of(response), failure);
        }
    }

    /** Called after each write that it reads, so that whichever of two threads comes second sees both writes. */
    private void cancelIfAsked() {
        if (!cancelled) {
            return;
        }
        Body begun = body;
        Future<?> sent = response;
        if (begun != null) {
            begun.cancel();
        } else if (sent != null) {
            sent.cancel(true);
        }
    }
}
