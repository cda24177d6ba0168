package com.jamsocket.internal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What is done with stages again and again. */
public final class Stages {

    private Stages() {}

    /**
     * Does something with the outcome of a stage, on the thread that brings it: its value, or its failure unwrapped.
     */
    public static <T extends @Nullable Object> void whenDone(
            CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> action) {
        var unused = stage.whenComplete((value, failure) -> action.accept(value, unwrap(failure)));
    }

    /** Cancels what works for a result when that is there, however it came about. */
    public static void cancelWhenDone(CompletionStage<?> result, Future<?> work) {
        whenDone(result, (value, failure) -> work.cancel(true));
    }

    /** What a stage failed with, without the wrapping that stages add. */
    public static @Nullable Throwable unwrap(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
