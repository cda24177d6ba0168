package com.jamsocket.internal.client;

import com.jamsocket.internal.TestTime;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What is left to do once a verb has validated its arguments: here and now, or without a thread of the caller. */
interface Operation<T> {

    /** Does it, and returns when it is done. */
    T run();

    /** Begins it; completing the future otherwise gives it up. */
    CompletableFuture<T> start();

    /**
     * An operation that no thread need wait for.
     *
     * @param what what a thread that does wait is doing
     */
    static <T> Operation<T> of(Threads threads, String what, Supplier<CompletableFuture<T>> beginning) {
        return new Operation<>() {
            @Override
            public T run() {
                try (TestTime.Turn turn = threads.turn(what)) {
                    CompletableFuture<T> begun = start();
                    turn.waitsFor(begun);
                    return Failures.join(begun);
                }
            }

            @Override
            public CompletableFuture<T> start() {
                return beginning.get();
            }
        };
    }
}
