package com.jamsocket.internal.client;

import com.jamsocket.internal.Stages;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Results that somebody waits for. They fail when the client closes: its timer and its connections end with it, so that
 * nothing else might ever complete them.
 */
final class PendingResults implements AutoCloseable {

    private final Set<Runnable> failures = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    <T> CompletableFuture<T> add(CompletableFuture<T> result) {
        Runnable failure = () -> result.completeExceptionally(Failures.closedClient());
        failures.add(failure);
        Stages.whenDone(result, (value, thrown) -> failures.remove(failure));
        if (closed) {
            failure.run();
        }
        return result;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        failures.forEach(Runnable::run);
    }
}
