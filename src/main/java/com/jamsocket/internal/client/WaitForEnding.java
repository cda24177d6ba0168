package com.jamsocket.internal.client;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectResponse;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** A connect that waits for the end of an ending backend which holds its key, and then connects again. */
final class WaitForEnding {

    /** A key is free a moment after its backend has ended. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final Operation<ConnectResponse> connect;
    private final BiFunction<String, Duration, CompletableFuture<?>> awaitTerminated;
    private final Duration limit;
    private final Ticker ticker;
    private final Deadline deadline;
    private final CompletableFuture<ConnectResponse> result = new CompletableFuture<>();

    WaitForEnding(
            Operation<ConnectResponse> connect,
            BiFunction<String, Duration, CompletableFuture<?>> awaitTerminated,
            Duration limit,
            Ticker ticker) {
        this.connect = connect;
        this.awaitTerminated = awaitTerminated;
        this.limit = limit;
        this.ticker = ticker;
        this.deadline = Deadline.after(limit, ticker);
    }

    CompletableFuture<ConnectResponse> start() {
        attempt();
        return result;
    }

    private void attempt() {
        CompletableFuture<ConnectResponse> attempt = connect.start();
        Stages.whenDone(attempt, (response, failure) -> {
            if (failure != null) {
                result.completeExceptionally(Objects.requireNonNull(failure));
            } else if (response.status().isEnding() && !response.spawned()) {
                awaitEnd(response.backendId());
            } else {
                result.complete(response);
            }
        });
        Stages.cancelWhenDone(result, attempt);
    }

    private void awaitEnd(String backendId) {
        // Too late is told by the wait itself.
        Duration left = Deadline.max(deadline.left(), Duration.ofNanos(1));
        CompletableFuture<?> end = awaitTerminated.apply(backendId, left);
        Stages.whenDone(end, (ended, failure) -> {
            if (failure == null || Objects.requireNonNull(failure) instanceof BackendNotFoundException) {
                Failures.later(ticker, MOMENT, result, this::attempt);
            } else {
                result.completeExceptionally(
                        Failures.ofWholeWait(Objects.requireNonNull(failure), BackendStatus.TERMINATED, limit));
            }
        });
        Stages.cancelWhenDone(result, end);
    }
}
