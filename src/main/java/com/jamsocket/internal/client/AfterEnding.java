package com.jamsocket.internal.client;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.ConnectResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A connect that does not put up with a backend which is ending. */
final class AfterEnding {

    /** A key is free a moment after its backend has ended. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final Core core;
    private final Threads threads;
    private final Action<ConnectResponse> connect;
    private final long deadline;

    AfterEnding(Core core, Threads threads, Action<ConnectResponse> connect, Duration limit) {
        this.core = core;
        this.threads = threads;
        this.connect = connect;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    CompletionStage<ConnectResponse> connect() {
        return core.start(connect)
                .thenCompose(response -> response.status().isEnding() && !response.spawned()
                        ? ended(response.backendId())
                                .thenCompose(end -> threads.after(MOMENT))
                                .thenCompose(now -> connect())
                        : CompletableFuture.completedStage(response));
    }

    /** Completes when the backend has ended; fails when the time is over. */
    private CompletionStage<?> ended(String backendId) {
        // Too late is told by the wait itself, in its own words.
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        return core.awaitTerminated(backendId, left)
                .handle((end, failure) ->
                        Failures.unwrap(failure) instanceof BackendNotFoundException || failure == null
                                ? CompletableFuture.completedStage(null)
                                : CompletableFuture.failedStage(Failures.require(failure)))
                .thenCompose(stage -> stage);
    }
}
