package com.jamsocket.internal;

import java.time.Duration;

/** A point in monotonic time, never so far away that arithmetic with it could overflow. Immutable. */
public final class Deadline {

    /** A hundred years: for ever, in the life of a process, and well within 64 bits of nanoseconds. */
    public static final Duration LONGEST = Duration.ofDays(36_500);

    private final Ticker ticker;
    private final long at;

    private Deadline(Ticker ticker, long at) {
        this.ticker = ticker;
        this.at = at;
    }

    /** The point that lies so far ahead. */
    public static Deadline after(Duration time, Ticker ticker) {
        return new Deadline(ticker, ticker.nanoTime() + nanos(time));
    }

    /** The time left; zero once it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, at - ticker.nanoTime()));
    }

    /** Whether no time is left. */
    public boolean isOver() {
        return at - ticker.nanoTime() <= 0;
    }

    /** The time that is shorter: this one, or what is left. */
    public Duration atMost(Duration time) {
        return min(time, left());
    }

    /** The duration in nanoseconds, {@link #LONGEST} at most and zero at least. */
    public static long nanos(Duration time) {
        return time.isNegative() ? 0 : min(time, LONGEST).toNanos();
    }

    /** One after the other; of each, {@link #LONGEST} at most. */
    public static Duration sum(Duration one, Duration other) {
        return min(one, LONGEST).plus(min(other, LONGEST));
    }

    /** The shorter one. */
    public static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** The longer one. */
    public static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
