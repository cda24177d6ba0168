package com.jamsocket.internal.client;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Results that somebody waits for. They fail when the client closes: its timer and its connections end with it, so that
 * nothing else might ever complete them.
 */
final class Pending implements AutoCloseable {

    private final Set<CompletableFuture<?>> results = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    // Each future is equal to itself alone, which is what is meant.
    @SuppressWarnings("CollectionUndefinedEquality")
    <T> CompletableFuture<T> add(CompletableFuture<T> result) {
        results.add(result);
        CompletionStage<T> done = result;
        done.whenComplete((value, failure) -> results.remove(result));
        if (closed) {
            fail(result);
        }
        return result;
    }

    @Override
    public void close() {
        closed = true;
        results.forEach(Pending::fail);
    }

    private static void fail(CompletableFuture<?> result) {
        result.completeExceptionally(Failures.closedClient());
    }
}
