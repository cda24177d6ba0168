package com.jamsocket.internal.client;

import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The steps towards a result, one after the other: the present one is cancelled when the result is there, however it
 * came about. Nothing is kept of those before, of which a wait of hours has thousands.
 */
final class Steps {

    private final CompletableFuture<?> result;
    private volatile @Nullable CompletableFuture<?> current;

    Steps(CompletableFuture<?> result) {
        this.result = result;
        Stages.whenDone(result, (value, failure) -> cancel());
    }

    /** Goes on with the outcome of a step, unless the result is there first. What that throws fails the result. */
    <T extends @Nullable Object> void then(
            CompletableFuture<T> step, BiConsumer<@Nullable T, @Nullable Throwable> next) {
        current = step;
        if (result.isDone()) {
            cancel();
        }
        Stages.whenDone(step, (value, failure) -> {
            if (!result.isDone()) {
                goOn(next, value, failure);
            }
        });
    }

    private <T extends @Nullable Object> void goOn(
            BiConsumer<@Nullable T, @Nullable Throwable> next, @Nullable T value, @Nullable Throwable failure) {
        try {
            next.accept(value, failure);
        } catch (RuntimeException | Error thrown) {
            // Nobody else would ever complete it.
            result.completeExceptionally(thrown);
        }
    }

    /** Goes on after a delay, unless the result is there first; a ticker that was closed fails the result. */
    void after(Duration delay, Ticker ticker, Runnable next) {
        CompletableFuture<@Nullable Void> pause = new CompletableFuture<>();
        then(pause, (over, failure) -> {
            if (failure == null) {
                next.run();
            } else {
                result.completeExceptionally(failure);
            }
        });
        Failures.later(ticker, delay, pause, () -> pause.complete(null));
    }

    private void cancel() {
        CompletableFuture<?> step = current;
        if (step != null) {
            step.cancel(true);
        }
    }
}
