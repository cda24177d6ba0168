package com.jamsocket.internal.client;

import com.jamsocket.internal.Stages;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the non-blocking view returns. {@code get} and {@code join} return as soon as the answer is there; what depends
 * on it is code of the application and runs on callback threads, never on the thread that brought the answer. A failure
 * is the exception itself. Completing it otherwise gives up what it stands for.
 */
final class CallbackStage<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Executor callbacks;

    /** A stage that does not complete by itself. */
    CallbackStage(Executor callbacks) {
        this.callbacks = callbacks;
    }

    /** The stage of an operation. */
    static <T extends @Nullable Object> CallbackStage<T> of(CompletableFuture<T> operation, Executor callbacks) {
        CallbackStage<T> stage = new CallbackStage<>(callbacks);
        Stages.whenDone(operation, (value, failure) -> {
            if (failure == null) {
                stage.complete(value);
            } else {
                stage.completeExceptionally(failure);
            }
        });
        stage.whenDone(() -> operation.cancel(true));
        return stage;
    }

    /** Runs an action of the client's own when this completes, on whichever thread completes it. */
    private void whenDone(Runnable action) {
        var unused = super.whenComplete((value, failure) -> action.run());
    }

    @Override
    public Executor defaultExecutor() {
        return callbacks;
    }

    /** Dependents of dependents run where those ran. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public <U> CompletableFuture<U> thenApply(Function<? super T, ? extends U> function) {
        return thenApplyAsync(function);
    }

    @Override
    public CompletableFuture<Void> thenAccept(Consumer<? super T> action) {
        return thenAcceptAsync(action);
    }

    @Override
    public CompletableFuture<Void> thenRun(Runnable action) {
        return thenRunAsync(action);
    }

    @Override
    public <U, V> CompletableFuture<V> thenCombine(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> function) {
        return thenCombineAsync(other, function);
    }

    @Override
    public <U> CompletableFuture<Void> thenAcceptBoth(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
        return thenAcceptBothAsync(other, action);
    }

    @Override
    public CompletableFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
        return runAfterBothAsync(other, action);
    }

    @Override
    public <U> CompletableFuture<U> applyToEither(CompletionStage<? extends T> other, Function<? super T, U> function) {
        return applyToEitherAsync(other, function);
    }

    @Override
    public CompletableFuture<Void> acceptEither(CompletionStage<? extends T> other, Consumer<? super T> action) {
        return acceptEitherAsync(other, action);
    }

    @Override
    public CompletableFuture<Void> runAfterEither(CompletionStage<?> other, Runnable action) {
        return runAfterEitherAsync(other, action);
    }

    @Override
    public <U> CompletableFuture<U> thenCompose(Function<? super T, ? extends CompletionStage<U>> function) {
        return thenComposeAsync(function);
    }

    @Override
    public <U> CompletableFuture<U> handle(BiFunction<? super T, Throwable, ? extends U> function) {
        return handleAsync(function);
    }

    @Override
    public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
        return whenCompleteAsync(action);
    }

    @Override
    public CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> function) {
        return exceptionallyAsync(function);
    }

    @Override
    public CompletableFuture<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> function) {
        return exceptionallyComposeAsync(function);
    }
}
