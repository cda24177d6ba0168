package com.jamsocket.internal.sse;

import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait before each reconnection, and when to give up: exponential, with jitter.
 *
 * <p>Defaults: 250 ms at first, doubled each time up to 30 s, each prolonged at random by up to a half, without limit
 * of attempts or time. Jitter only prolongs, so a delay that the server asked for is never cut short.
 *
 * <p>Instances are immutable. {@link #next} answers with the delay <em>and</em> the strategy to ask next; to start
 * afresh is to ask the first instance again. They may be shared by threads.
 */
public final class Backoff {
    private static final Duration INITIAL_DELAY = Duration.ofMillis(250);
    private static final Duration CAP = Duration.ofSeconds(30);
    private static final double GROWTH = 2;
    private static final double JITTER = 0.5;

    private final Policy policy;
    private final Ticker ticker;
    private final int attempts;
    private final long startedAt;

    private Backoff(Policy policy, Ticker ticker, int attempts, long startedAt) {
        this.policy = policy;
        this.ticker = ticker;
        this.attempts = attempts;
        this.startedAt = startedAt;
    }

    /**
     * A strategy with the defaults.
     *
     * @param ticker where jitter comes from, and what limits of time are measured by
     */
    public static Backoff exponential(Ticker ticker) {
        Policy defaults = new Policy(INITIAL_DELAY, CAP, JITTER, Optional.empty(), Optional.empty());
        return new Backoff(defaults, ticker, 0, 0);
    }

    /** The same with another first delay; a cap below it is lifted to it. */
    public Backoff withInitialDelay(Duration delay) {
        requirePositive(delay, "initial delay");
        return with(
                new Policy(delay, Deadline.max(delay, policy.cap), policy.jitter, policy.maxAttempts, policy.maxTime));
    }

    /** The same with another longest delay, jitter not counted; an initial delay above it is lowered to it. */
    public Backoff withCap(Duration cap) {
        requirePositive(cap, "cap");
        Duration initial = cap.compareTo(policy.initialDelay) < 0 ? cap : policy.initialDelay;
        return with(new Policy(initial, cap, policy.jitter, policy.maxAttempts, policy.maxTime));
    }

    /** The same with another jitter: the largest part by which a delay is prolonged, 0 for none. */
    public Backoff withJitter(double jitter) {
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("The jitter must be between 0 and 1: " + jitter);
        }
        return with(new Policy(policy.initialDelay, policy.cap, jitter, policy.maxAttempts, policy.maxTime));
    }

    /** The same, giving up after this many attempts without progress; 0 never reconnects. */
    public Backoff withMaxAttempts(int attempts) {
        if (attempts < 0) {
            throw new IllegalArgumentException("The number of attempts must not be negative: " + attempts);
        }
        return with(new Policy(policy.initialDelay, policy.cap, policy.jitter, Optional.of(attempts), policy.maxTime));
    }

    /** The same, giving up rather than waiting past this time since the first failure without progress. */
    public Backoff withMaxTime(Duration time) {
        requirePositive(time, "maximum time");
        return with(new Policy(policy.initialDelay, policy.cap, policy.jitter, policy.maxAttempts, Optional.of(time)));
    }

    /** The longest delay, jitter not counted. */
    Duration cap() {
        return policy.cap();
    }

    /**
     * The next step, or nothing when a limit is reached.
     *
     * @param floor the least delay, as asked for by the server; zero if it asked for none
     */
    public Optional<Step> next(Duration floor) {
        long now = ticker.nanoTime();
        long start = attempts == 0 ? now : startedAt;
        Duration delay = prolonged(Deadline.max(floor, policy.delayAfter(attempts)));
        if (policy.forbids(attempts, Duration.ofNanos(now - start).plus(delay))) {
            return Optional.empty();
        }
        Backoff next = new Backoff(policy, ticker, attempts + 1, start);
        return Optional.of(new Step(attempts + 1, delay, next));
    }

    private Duration prolonged(Duration delay) {
        long nanos = Deadline.nanos(delay);
        return Duration.ofNanos(
                nanos + (long) (nanos * policy.jitter * ticker.random().nextDouble()));
    }

    private Backoff with(Policy changed) {
        return new Backoff(changed, ticker, attempts, startedAt);
    }

    private static void requirePositive(Duration duration, String what) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("The " + what + " must be positive: " + duration);
        }
    }

    /**
     * One step of the strategy.
     *
     * @param attempt which attempt in a row without progress, from 1
     * @param delay how long to wait before it
     * @param next whom to ask if it fails
     */
    public record Step(int attempt, Duration delay, Backoff next) {}

    private record Policy(
            Duration initialDelay,
            Duration cap,
            double jitter,
            Optional<Integer> maxAttempts,
            Optional<Duration> maxTime) {

        Duration delayAfter(int attempts) {
            double nanos = Deadline.nanos(initialDelay) * Math.pow(GROWTH, attempts);
            return nanos >= Deadline.nanos(cap) ? cap : Duration.ofNanos((long) nanos);
        }

        boolean forbids(int attempts, Duration elapsed) {
            return maxAttempts.filter(most -> attempts >= most).isPresent()
                    || maxTime.filter(most -> elapsed.compareTo(most) > 0).isPresent();
        }
    }
}
