package com.jamsocket.internal.client;

import com.jamsocket.internal.Stages;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CallbackStage} that all who ask for it share, so that it costs nothing to ask again and again. Nobody can
 * complete it for the others, nor cancel it; a time limit is that of whoever sets it.
 */
final class SharedStage<T extends @Nullable Object> extends CompletableFuture<T> {

    private final CompletableFuture<T> source;
    private final Executor callbacks;

    /** The stage of what completes once. */
    SharedStage(CompletableFuture<T> source, Executor callbacks) {
        this.source = source;
        this.callbacks = callbacks;
        Stages.whenDone(source, (value, failure) -> {
            if (failure == null) {
                super.complete(value);
            } else {
                super.completeExceptionally(failure);
            }
        });
    }

    /** For what depends on it, or may be completed otherwise. */
    private CallbackStage<T> own() {
        return CallbackStage.of(source.copy(), callbacks);
    }

    @Override
    public Executor defaultExecutor() {
        return callbacks;
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
        return own().completeAsync(supplier, executor);
    }

    @Override
    public void obtrudeValue(T value) {
        throw new UnsupportedOperationException("others share this stage");
    }

    @Override
    public void obtrudeException(Throwable failure) {
        throw new UnsupportedOperationException("others share this stage");
    }

    @Override
    public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
        return own().orTimeout(timeout, unit);
    }

    @Override
    public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
        return own().completeOnTimeout(value, timeout, unit);
    }

    @Override
    public <U> CompletableFuture<U> thenApply(Function<? super T, ? extends U> function) {
        return own().thenApply(function);
    }

    @Override
    public CompletableFuture<Void> thenAccept(Consumer<? super T> action) {
        return own().thenAccept(action);
    }

    @Override
    public CompletableFuture<Void> thenRun(Runnable action) {
        return own().thenRun(action);
    }

    @Override
    public <U, V> CompletableFuture<V> thenCombine(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> function) {
        return own().thenCombine(other, function);
    }

    @Override
    public <U> CompletableFuture<Void> thenAcceptBoth(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
        return own().thenAcceptBoth(other, action);
    }

    @Override
    public CompletableFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
        return own().runAfterBoth(other, action);
    }

    @Override
    public <U> CompletableFuture<U> applyToEither(CompletionStage<? extends T> other, Function<? super T, U> function) {
        return own().applyToEither(other, function);
    }

    @Override
    public CompletableFuture<Void> acceptEither(CompletionStage<? extends T> other, Consumer<? super T> action) {
        return own().acceptEither(other, action);
    }

    @Override
    public CompletableFuture<Void> runAfterEither(CompletionStage<?> other, Runnable action) {
        return own().runAfterEither(other, action);
    }

    @Override
    public <U> CompletableFuture<U> thenCompose(Function<? super T, ? extends CompletionStage<U>> function) {
        return own().thenCompose(function);
    }

    @Override
    public <U> CompletableFuture<U> handle(BiFunction<? super T, Throwable, ? extends U> function) {
        return own().handle(function);
    }

    @Override
    public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
        return own().whenComplete(action);
    }

    @Override
    public CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> function) {
        return own().exceptionally(function);
    }

    @Override
    public CompletableFuture<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> function) {
        return own().exceptionallyCompose(function);
    }
}
