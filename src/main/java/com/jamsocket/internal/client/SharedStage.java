package com.jamsocket.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stage that all who ask for it share, so that it costs nothing to ask again and again. Nobody can complete it for
 * the others, nor cancel it; a time limit is that of whoever sets it.
 */
final class SharedStage<T extends @Nullable Object> extends CallbackStage<T> {

    /** The stage of what completes once. */
    SharedStage(CompletableFuture<T> source, Executor callbacks) {
        super(callbacks);
        follow(source);
    }

    @Override
    public boolean complete(T value) {
        return false;
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return false;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return false;
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        return copy().completeAsync(supplier, executor);
    }

    @Override
    public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
        return copy().orTimeout(timeout, unit);
    }

    @Override
    public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
        return copy().completeOnTimeout(value, timeout, unit);
    }

    @Override
    public void obtrudeValue(T value) {
        throw new UnsupportedOperationException("others share this stage");
    }

    @Override
    public void obtrudeException(Throwable failure) {
        throw new UnsupportedOperationException("others share this stage");
    }
}
