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

    /** For how long an answer is awaited when it is time to ask anew: some never come. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

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
    private long askedAt;

    /** Whether to ask anew as soon as the question that is under way is answered. */
    private boolean due;

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
            alarm = ticker.at(at, this::ask);
        }
    }

    private void cancelAlarm() {
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
    }

    /** One question at a time: a server that is slow would answer none that another one replaces. */
    private void ask() {
        if (isAnswerAwaited()) {
            plan(() -> askedAt + PATIENCE.toNanos());
            return;
        }
        CompletableFuture<BackendState> answer;
        CompletableFuture<BackendState> before;
        boolean again;
        synchronized (this) {
            if (stopped) {
                return;
            }
            before = asking;
            answer = question.get();
            asking = answer;
            askedAt = ticker.nanoTime();
            again = isHurriedAgain();
        }
        if (before != null) {
            before.cancel(true);
        }
        if (again) {
            plan(() -> nextHurry);
        }
        Stages.whenDone(answer, (state, failure) -> answered(answer, state, failure));
    }

    private synchronized boolean isAnswerAwaited() {
        alarm = null;
        due = asking != null && ticker.nanoTime() - askedAt < PATIENCE.toNanos();
        return due;
    }

    /** Whether a comparison that begins now is too soon for what was done. */
    private boolean isHurriedAgain() {
        if (hurried && askedAt - nextHurry >= 0) {
            nextHurry = lastHurry;
            hurried = askedAt - lastHurry < 0;
        }
        return hurried;
    }

    private void answered(
            CompletableFuture<BackendState> answer, @Nullable BackendState state, @Nullable Throwable failure) {
        if (state != null) {
            result.is(state);
        } else if (failure instanceof BackendNotFoundException) {
            result.isForgotten();
        }
        if (isLast(answer)) {
            plan(() -> {
                boolean now = due;
                due = false;
                return now ? ticker.nanoTime() : atEndOf(pause());
            });
        }
    }

    @SuppressWarnings("ReferenceEquality") // Another one may have been asked since.
    private synchronized boolean isLast(CompletableFuture<BackendState> answer) {
        boolean last = asking == answer;
        if (last) {
            asking = null;
        }
        return last;
    }
}
