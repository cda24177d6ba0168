package com.jamsocket.internal.client;

import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.JamsocketInterruptedException;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.sse.Backoff;
import com.jamsocket.internal.wire.Call;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Retries a call where the failure says that it can help, and where it does no harm: a call never starts two
 * backends. Within a time in all; a server that asks for more patience than is left is not asked again.
 */
final class Retries {

    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

    private final Ticker ticker;
    private final @Nullable Backoff backoff;

    /** Retries for so long; zero for none at all. */
    Retries(Duration time, Ticker ticker) {
        this.ticker = ticker;
        this.backoff = time.isZero() ? null : unlimited(ticker).withMaxTime(time);
    }

    private static Backoff unlimited(Ticker ticker) {
        return Backoff.exponential(ticker).withInitialDelay(FIRST_DELAY).withCap(LONGEST_DELAY);
    }

    /** Makes the call on this thread, which waits between attempts. */
    <T> T run(Call call, Supplier<T> attempt) {
        Backoff plan = backoff;
        while (true) {
            try {
                return attempt.get();
            } catch (JamsocketConnectionException | JamsocketApiException e) {
                Backoff.Step next = next(call, e, plan).orElseThrow(() -> e);
                pause(call, next.delay());
                plan = next.next();
            }
        }
    }

    /**
     * Makes the call without a thread that waits between attempts. Completing the result otherwise ends the attempts.
     */
    <T> CompletableFuture<T> start(Call call, Supplier<? extends CompletionStage<T>> attempt) {
        return start(call, attempt, backoff, failure -> true);
    }

    /** As {@link #start}, without a limit of time: whoever waits for the result has one. */
    <T> CompletableFuture<T> startUnlimited(Call call, Supplier<? extends CompletionStage<T>> attempt) {
        return start(call, attempt, unlimited(ticker), failure -> true);
    }

    /**
     * As {@link #start}, with other delays.
     *
     * @param plan the delays and their limits; null for no retries
     * @param mayRetry asked with each failure that would be retried; must not block
     */
    <T> CompletableFuture<T> start(
            Call call,
            Supplier<? extends CompletionStage<T>> attempt,
            @Nullable Backoff plan,
            Predicate<Throwable> mayRetry) {
        CompletableFuture<T> result = new CompletableFuture<>();
        attempt(call, attempt, plan, mayRetry, result);
        return result;
    }

    private <T> void attempt(
            Call call,
            Supplier<? extends CompletionStage<T>> attempt,
            @Nullable Backoff plan,
            Predicate<Throwable> mayRetry,
            CompletableFuture<T> result) {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<T> running = Failures.stage(attempt).toCompletableFuture();
        Stages.whenDone(running, (value, failure) -> {
            if (failure == null) {
                result.complete(value);
                return;
            }
            Throwable cause = Objects.requireNonNull(failure);
            Optional<Backoff.Step> next = next(call, cause, plan);
            if (next.isPresent() && mayRetry.test(cause)) {
                Failures.later(
                        ticker,
                        next.get().delay(),
                        result,
                        () -> attempt(call, attempt, next.get().next(), mayRetry, result));
            } else {
                result.completeExceptionally(cause);
            }
        });
        Stages.cancelWhenDone(result, running);
    }

    private static Optional<Backoff.Step> next(Call call, Throwable failure, @Nullable Backoff plan) {
        if (plan == null
                || !(failure instanceof JamsocketException known)
                || !known.isRetryable()
                || !(call.repeatable() || !mayHaveTakenEffect(known))) {
            return Optional.empty();
        }
        Duration asked = known instanceof JamsocketApiException refusal ? refusal.retryAfter() : null;
        return plan.next(Objects.requireNonNullElse(asked, Duration.ZERO));
    }

    private static boolean mayHaveTakenEffect(JamsocketException failure) {
        if (failure instanceof JamsocketConnectionException lost) {
            return lost.mayHaveBeenSent();
        }
        return !(failure instanceof JamsocketApiException refusal) || refusal.mayHaveTakenEffect();
    }

    private static void pause(Call call, Duration delay) {
        try {
            TimeUnit.NANOSECONDS.sleep(delay.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JamsocketInterruptedException("interrupted while waiting for the next try of " + call);
        }
    }
}
