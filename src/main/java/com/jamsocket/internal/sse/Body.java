package com.jamsocket.internal.sse;

import java.net.http.HttpResponse.BodySubscriber;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A response body that can be given up at any time, also before it began. */
abstract sealed class Body implements BodySubscriber<byte[]> permits EventStreamBody, LimitedBody {
    /** Completed when nothing more is wanted of the body; the exchange ends with it. */
    final CompletableFuture<byte[]> bytes = new CompletableFuture<>();

    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean cancelled;

    @Override
    public final CompletionStage<byte[]> getBody() {
        return bytes;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (cancelled) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public final void onComplete() {
        subscription = null;
        bytes.complete(read());
    }

    @Override
    public final void onError(Throwable failure) {
        subscription = null;
        bytes.completeExceptionally(failure);
    }

    /** What there was of the body that is of use to the receiver of the answer. */
    abstract byte[] read();

    final void requestMore() {
        Flow.Subscription current = subscription;
        if (current != null) {
            current.request(1);
        }
    }

    final boolean isCancelled() {
        return cancelled;
    }

    /**
     * Closes the connection if the body has not come to its end; else the connection is another request's, maybe. For
     * the exchange this is no failure, for nobody is left to be told: each of the JDK's stages would make an exception.
     */
    final void cancel() {
        cancelled = true;
        bytes.complete(read());
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }
}
