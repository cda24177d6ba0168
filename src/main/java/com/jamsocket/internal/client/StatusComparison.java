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
        schedule(pause());
    }

    /** Compares after a delay, not before, because something was done to the backend. */
    void hurry(Duration delay) {
        schedule(delay);
    }

    /** The stream has told a state, after which the next comparison may be due sooner. */
    void moved() {
        within(pause());
    }

    /** Compares after a delay, or when it would have done so anyway if that is sooner. */
    void within(Duration delay) {
        synchronized (this) {
            if (alarm != null && alarmAt - atEndOf(delay) <= 0) {
                return;
            }
        }
        schedule(delay);
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

    private void schedule(Duration delay) {
        try {
            synchronized (this) {
                if (!stopped) {
                    cancelAlarm();
                    alarmAt = atEndOf(delay);
                    alarm = ticker.after(delay, this::ask);
                }
            }
        } catch (RejectedExecutionException e) {
            result.tickerClosed();
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
        Stages.whenDone(answer, (state, failure) -> {
            if (state != null) {
                result.is(state);
            } else if (failure instanceof BackendNotFoundException) {
                result.isForgotten();
            }
            if (!answer.isCancelled()) {
                schedule(pause());
            }
        });
    }
}
