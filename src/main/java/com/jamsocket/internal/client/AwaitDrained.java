package com.jamsocket.internal.client;

import com.jamsocket.ClusterState;
import com.jamsocket.DrainTimeoutException;
import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Drains a drone and waits, within a time, until it has no backends left, by looking at its cluster. */
final class AwaitDrained {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final String drone;
    private final Duration timeout;
    private final Supplier<? extends CompletableFuture<?>> drain;
    private final Supplier<CompletableFuture<ClusterState>> look;
    private final Ticker ticker;
    private final CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
    private final Steps steps = new Steps(result);
    private volatile ClusterState.@Nullable Drone lastSeen;

    AwaitDrained(
            String drone,
            Duration timeout,
            Supplier<? extends CompletableFuture<?>> drain,
            Supplier<CompletableFuture<ClusterState>> look,
            Ticker ticker) {
        this.drone = drone;
        this.timeout = timeout;
        this.drain = drain;
        this.look = look;
        this.ticker = ticker;
    }

    CompletableFuture<@Nullable Void> start() {
        Failures.later(
                ticker,
                timeout,
                result,
                () -> result.completeExceptionally(new DrainTimeoutException(drone, timeout, lastSeen)));
        steps.then(drain.get(), (draining, failure) -> {
            if (failure == null) {
                look();
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private void look() {
        steps.then(look.get(), (state, failure) -> {
            if (state == null) {
                result.completeExceptionally(Failures.require(failure));
            } else {
                seen(state.drone(drone).orElse(null));
            }
        });
    }

    private void seen(ClusterState.@Nullable Drone seen) {
        lastSeen = seen;
        if (seen != null && seen.backendCount() == 0) {
            result.complete(null);
        } else {
            steps.after(BETWEEN_LOOKS, ticker, this::look);
        }
    }
}
