package com.jamsocket.internal.client;

import com.jamsocket.BulkheadFullException;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.RetryAfter;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.sse.Backoff;
import com.jamsocket.internal.wire.Call;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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

    private final Duration time;
    private final Ticker ticker;

    /** Begins another attempt for so long, counted from the beginning of a call; zero for never. */
    Retries(Duration time, Ticker ticker) {
        this.time = time;
        this.ticker = ticker;
    }

    private Plan plan(Duration time) {
        Backoff delays =
                Backoff.exponential(ticker).withInitialDelay(FIRST_DELAY).withCap(LONGEST_DELAY);
        return new Plan(delays, Deadline.after(time, ticker));
    }

    /**
     * Makes the call on this thread.
     *
     * @param pause waits between two attempts
     */
    <T extends @Nullable Object> T run(Call call, Supplier<T> attempt, Consumer<Duration> pause) {
        Plan plan = plan(time);
        while (true) {
            try {
                return attempt.get();
            } catch (JamsocketConnectionException | JamsocketApiException | JamsocketProtocolException e) {
                Backoff.Step next = next(call, e, plan).orElseThrow(() -> e);
                pause.accept(next.delay());
                plan = plan.after(next);
            }
        }
    }

    /**
     * Makes the call without a thread that waits between attempts. Completing the result otherwise ends the attempts.
     */
    <T> CompletableFuture<T> start(Call call, Supplier<? extends CompletionStage<T>> attempt) {
        return start(call, attempt, plan(time), failure -> true);
    }

    /**
     * As {@link #start}, without a limit of time: whoever waits for the result has one.
     *
     * @param retried told each failure that is retried; must not block
     */
    <T> CompletableFuture<T> startUnlimited(
            Call call, Supplier<? extends CompletionStage<T>> attempt, Consumer<Throwable> retried) {
        return start(call, attempt, plan(Deadline.LONGEST), failure -> {
            retried.accept(failure);
            return true;
        });
    }

    /**
     * As {@link #startUnlimited}, with other delays.
     *
     * @param mayRetry asked with each failure that would be retried; must not block
     */
    <T> CompletableFuture<T> start(
            Call call, Supplier<? extends CompletionStage<T>> attempt, Backoff delays, Predicate<Throwable> mayRetry) {
        return start(call, attempt, new Plan(delays, Deadline.after(Deadline.LONGEST, ticker)), mayRetry);
    }

    private <T> CompletableFuture<T> start(
            Call call, Supplier<? extends CompletionStage<T>> attempt, Plan plan, Predicate<Throwable> mayRetry) {
        CompletableFuture<T> result = new CompletableFuture<>();
        attempt(call, attempt, plan, mayRetry, result, new Steps(result));
        return result;
    }

    private <T> void attempt(
            Call call,
            Supplier<? extends CompletionStage<T>> attempt,
            Plan plan,
            Predicate<Throwable> mayRetry,
            CompletableFuture<T> result,
            Steps steps) {
        steps.then(Failures.stage(attempt).toCompletableFuture(), (value, failure) -> {
            if (failure == null) {
                result.complete(value);
                return;
            }
            Optional<Backoff.Step> next = next(call, failure, plan);
            if (next.isPresent() && mayRetry.test(failure)) {
                steps.after(
                        next.get().delay(),
                        ticker,
                        () -> attempt(call, attempt, plan.after(next.get()), mayRetry, result, steps));
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    private static Optional<Backoff.Step> next(Call call, Throwable failure, Plan plan) {
        if (!(failure instanceof JamsocketException known)
                || known instanceof BulkheadFullException
                || !known.isRetryable()
                || !(call.repeatable() || !mayHaveTakenEffect(known))) {
            return Optional.empty();
        }
        Duration asked = known instanceof JamsocketApiException refusal ? refusal.retryAfter() : null;
        return plan.next(RetryAfter.heeded(asked));
    }

    private static boolean mayHaveTakenEffect(JamsocketException failure) {
        if (failure instanceof JamsocketConnectionException lost) {
            return lost.mayHaveBeenSent();
        }
        return !(failure instanceof JamsocketApiException refusal) || refusal.mayHaveTakenEffect();
    }

    /** Which delays are left, and until when an attempt may begin. */
    private record Plan(Backoff delays, Deadline until) {

        Optional<Backoff.Step> next(Duration floor) {
            return delays.next(floor).filter(step -> step.delay().compareTo(until.left()) <= 0);
        }

        Plan after(Backoff.Step step) {
            return new Plan(step.next(), until);
        }
    }
}
