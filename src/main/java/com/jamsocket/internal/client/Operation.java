package com.jamsocket.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What is left to do once a verb has validated its arguments: here and now, or without a thread of the caller. */
interface Operation<T> {

    /** Does it, and returns when it is done. */
    T run();

    /** Begins it; completing the future otherwise gives it up. */
    CompletableFuture<T> start();

    /** An operation that no thread need wait for. */
    static <T> Operation<T> of(Supplier<CompletableFuture<T>> beginning) {
        return new Operation<>() {
            @Override
            public T run() {
                return Failures.join(start());
            }

            @Override
            public CompletableFuture<T> start() {
                return beginning.get();
            }
        };
    }
}
