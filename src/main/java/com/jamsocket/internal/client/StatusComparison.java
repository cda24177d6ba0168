package com.jamsocket.internal.client;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares a stream with the status, again and again: a stream can lose states, its end included, on a connection that
 * lives. Often while a backend starts or ends, for then much happens in a short time; seldom while it is ready.
 */
final class StatusComparison {

    /** How often a backend is asked for that is on its way from one status to the next. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    private static final double JITTER = 0.25;

    private final Supplier<CompletableFuture<BackendState>> question;
    private final Supplier<@Nullable BackendStatus> furthest;
    private final Duration interval;
    private final Ticker ticker;
    private final Result result;

    // Guarded by this.
    private @Nullable Future<?> alarm;
    private long alarmAt;
    private boolean hurried;
    private long nextHurry;
    private long lastHurry;
    private @Nullable CompletableFuture<BackendState> asking;
    private boolean stopped;

    /** What a comparison leads to. */
    interface Result {
        /** The backend is in this state. */
        void is(BackendState state);

        /** The server has forgotten the backend. */
        void isForgotten();

        /** There is no more time: the client was closed. */
        void tickerClosed();
    }

    StatusComparison(
            Supplier<CompletableFuture<BackendState>> question,
            Supplier<@Nullable BackendStatus> furthest,
            Duration interval,
            Ticker ticker,
            Result result) {
        this.question = question;
        this.furthest = furthest;
        this.interval = interval;
        this.ticker = ticker;
        this.result = result;
    }

    /** Compares after a while, and then for as long as nobody stops it. */
    void start() {
        moved();
    }

    /** The stream has told a state: the next comparison is due in the pause of that state, if not sooner. */
    void moved() {
        plan(() -> atEndOf(pause()));
    }

    /** Compares after a delay, if not sooner. */
    void within(Duration delay) {
        plan(() -> atEndOf(delay));
    }

    /**
     * Something was done to the backend: compares after a delay, for the server needs that, and sooner only besides. If
     * it is done again and again, then as often.
     */
    void hurry(Duration delay) {
        plan(() -> {
            lastHurry = atEndOf(delay);
            if (!hurried) {
                hurried = true;
                nextHurry = lastHurry;
            }
            return nextHurry;
        });
    }

    private long atEndOf(Duration delay) {
        return ticker.nanoTime() + Deadline.nanos(delay);
    }

    synchronized void stop() {
        stopped = true;
        cancelAlarm();
        CompletableFuture<BackendState> open = asking;
        if (open != null) {
            open.cancel(true);
        }
    }

    private Duration pause() {
        BackendStatus status = furthest.get();
        Duration least = status == BackendStatus.READY ? interval : Deadline.min(BUSY, interval);
        long nanos = Deadline.nanos(least);
        return Duration.ofNanos(nanos + (long) (nanos * JITTER * ticker.random().nextDouble()));
    }

    /** Plans the next comparison; one that is planned sooner stays. The time is computed with nobody beside. */
    private void plan(LongSupplier time) {
        try {
            synchronized (this) {
                if (!stopped) {
                    setAlarm(time.getAsLong());
                }
            }
        } catch (RejectedExecutionException e) {
            result.tickerClosed();
        }
    }

    private void setAlarm(long at) {
        if (alarm == null || at - alarmAt < 0) {
            cancelAlarm();
            alarmAt = at;
            alarm = ticker.after(Duration.ofNanos(Math.max(0, at - ticker.nanoTime())), this::ask);
        }
    }

    private void cancelAlarm() {
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
    }

    private void ask() {
        CompletableFuture<BackendState> answer;
        CompletableFuture<BackendState> before;
        synchronized (this) {
            if (stopped) {
                return;
            }
            alarm = null;
            before = asking;
            answer = question.get();
            asking = answer;
        }
        if (before != null) {
            // Hurried on while it was under way: it may never be answered, and nobody else could give it up.
            before.cancel(true);
        }
        planHurried();
        Stages.whenDone(answer, (state, failure) -> {
            if (state != null) {
                result.is(state);
            } else if (failure instanceof BackendNotFoundException) {
                result.isForgotten();
            }
            if (!answer.isCancelled()) {
                moved();
            }
        });
    }

    /** A comparison that has begun too soon for what was done is followed by another. */
    private void planHurried() {
        synchronized (this) {
            long now = ticker.nanoTime();
            if (hurried && now - nextHurry >= 0) {
                nextHurry = lastHurry;
                hurried = now - lastHurry < 0;
            }
            if (!hurried) {
                return;
            }
        }
        plan(() -> nextHurry);
    }
}
