package com.jamsocket.internal.client;

import com.jamsocket.StatusSubscription;
import com.jamsocket.internal.Stages;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the non-blocking view returns. {@code get} and {@code join} return as soon as the answer is there; what depends
 * on it is code of the application and runs on callback threads, never on the thread that brought the answer. A failure
 * is the exception itself. Completing it otherwise gives up what it stands for.
 *
 * <p>It is completed twice: the answer at once, for those who look at it, and the stage itself on a callback thread,
 * for whatever depends on it. Some of that is not attached by methods of this class: {@link #allOf}, methods of another
 * stage that take this one, and the stages that {@link #thenCompose} makes.
 */
class CallbackStage<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Executor callbacks;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    /** A stage that does not complete by itself. */
    CallbackStage(Executor callbacks) {
        this.callbacks = callbacks;
        Stages.whenDone(answer, (value, failure) -> callbacks.execute(() -> completeStage(value, failure)));
    }

    /** The stage of an operation. */
    static <T extends @Nullable Object> CallbackStage<T> of(CompletableFuture<T> operation, Executor callbacks) {
        CallbackStage<T> stage = new CallbackStage<>(callbacks);
        stage.follow(operation);
        Stages.cancelWhenDone(stage.answer, operation);
        return stage;
    }

    /** Completes as an operation does. */
    final void follow(CompletableFuture<T> operation) {
        Stages.whenDone(operation, (value, failure) -> {
            boolean taken = failure == null ? answer.complete(value) : answer.completeExceptionally(failure);
            if (!taken && value instanceof StatusSubscription open) {
                // Given up in the moment in which it was opened: nobody else could close it.
                open.close();
            }
        });
    }

    private void completeStage(T value, @Nullable Throwable failure) {
        if (failure == null) {
            super.complete(value);
        } else {
            super.completeExceptionally(failure);
        }
    }

    @Override
    public boolean complete(T value) {
        return answer.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return answer.completeExceptionally(failure);
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        answer.completeAsync(supplier, executor);
        return this;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return answer.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isDone() {
        return answer.isDone();
    }

    @Override
    public boolean isCancelled() {
        return answer.isCancelled();
    }

    @Override
    public boolean isCompletedExceptionally() {
        return answer.isCompletedExceptionally();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        return answer.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(timeout, unit);
    }

    @Override
    public T getNow(T absent) {
        return answer.getNow(absent);
    }

    @Override
    public T join() {
        return answer.join();
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
