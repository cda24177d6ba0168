package com.jamsocket.internal.client;

import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.internal.sse.Backoff;
import com.jamsocket.internal.wire.Call;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a call again where that can help and do no harm: a call never starts two backends. Within a time in all; a server
 * that asks for more patience than is left is not asked again.
 */
final class Retries {

    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

    /** Plane has done nothing when it answers with these, and may do better next time. */
    private static final Set<String> PASSING =
            Set.of("NoDroneAvailable", "FailedToAcquireKey", "FailedToRemoveKey", "KeyHeldUnhealthy");

    private final @Nullable Backoff backoff;
    private final Threads threads;

    Retries(Duration time, Threads threads) {
        this.threads = threads;
        this.backoff = time.isZero()
                ? null
                : Backoff.exponential(new Random(), System::nanoTime)
                        .withInitialDelay(FIRST_DELAY)
                        .withCap(LONGEST_DELAY)
                        .withMaxTime(time);
    }

    /** Makes the call on this thread. */
    <T> T run(Action<T> action) {
        Backoff plan = backoff;
        while (true) {
            try {
                return action.attempt().get();
            } catch (JamsocketConnectionException | JamsocketApiException e) {
                Backoff.Step next = next(action.call(), e, plan).orElseThrow(() -> e);
                pause(next.delay());
                plan = next.next();
            }
        }
    }

    /** Makes the call on a thread of the client, which is free between attempts. */
    <T> CompletableFuture<T> start(Action<T> action) {
        return start(action, backoff).toCompletableFuture();
    }

    private <T> CompletionStage<T> start(Action<T> action, @Nullable Backoff plan) {
        return CompletableFuture.supplyAsync(action.attempt(), threads.callbacks())
                .exceptionallyCompose(failure -> next(action.call(), Failures.require(failure), plan)
                        .map(next -> threads.after(next.delay()).thenCompose(now -> start(action, next.next())))
                        .orElseGet(() -> CompletableFuture.failedStage(Failures.require(failure))));
    }

    private static Optional<Backoff.Step> next(Call call, Throwable failure, @Nullable Backoff plan) {
        if (plan == null) {
            return Optional.empty();
        }
        if (failure instanceof JamsocketConnectionException lost && (call.repeatable() || !lost.mayHaveBeenSent())) {
            return plan.next(Duration.ZERO);
        }
        if (failure instanceof JamsocketApiException refusal && mayPass(call, refusal)) {
            Duration asked = refusal.retryAfter();
            return plan.next(asked == null ? Duration.ZERO : asked);
        }
        return Optional.empty();
    }

    private static boolean mayPass(Call call, JamsocketApiException refusal) {
        int status = refusal.statusCode();
        return PASSING.contains(String.valueOf(refusal.kind()))
                || ((status == 429 || status == 503) && refusal.retryAfter() != null)
                || (call.method().equals("GET") && refusal.isRetryable());
    }

    private static void pause(Duration delay) {
        try {
            TimeUnit.NANOSECONDS.sleep(delay.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting to call again");
        }
    }
}
