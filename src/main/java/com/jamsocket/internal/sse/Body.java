package com.jamsocket.internal.sse;

import java.net.http.HttpResponse.BodySubscriber;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A response body that can be given up at any time, also before it began. */
abstract sealed class Body implements BodySubscriber<byte[]> permits EventStreamBody, LimitedBody {

    /** Completed when nothing more is wanted of the body; the exchange of the JDK ends with it. */
    private final CompletableFuture<byte[]> bytes = new CompletableFuture<>();

    private final AtomicBoolean over = new AtomicBoolean();
    private BiConsumer<byte @Nullable [], @Nullable Throwable> beforeEnd = (read, failure) -> {};
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean cancelled;

    /** Has the end told before the JDK's exchange ends: what was read, or the failure. Set before the body begins. */
    final void beforeEnd(BiConsumer<byte @Nullable [], @Nullable Throwable> action) {
        beforeEnd = action;
    }

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
        end(null);
    }

    @Override
    public final void onError(Throwable failure) {
        subscription = null;
        end(failure);
    }

    /** What there was of the body that is of use to the receiver of the answer. */
    abstract byte[] read();

    /** Wants no more of the body; the first end counts. */
    final void end(@Nullable Throwable failure) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        byte[] read = failure == null ? read() : null;
        try {
            beforeEnd.accept(read, failure);
        } finally {
            if (read != null) {
                bytes.complete(read);
            } else {
                bytes.completeExceptionally(Objects.requireNonNull(failure));
            }
        }
    }

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
        end(null);
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }
}
