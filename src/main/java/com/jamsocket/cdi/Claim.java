package com.jamsocket.cdi;

import com.jamsocket.internal.FailureLog;
import com.jamsocket.internal.Ticker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The claim of this node on one backend: asked for until it is granted, renewed while it is held, and asked for again
 * when it is lost. The timer only starts things; the application is called on its own threads.
 */
final class Claim {

    static final Duration LEASE = Duration.ofSeconds(30);
    static final Duration RENEWAL = Duration.ofSeconds(10);
    static final Duration QUESTION = Duration.ofSeconds(5);

    /** For how long an end that was told is told to a store that cannot be reached, which takes memory. */
    static final Duration LAST_TRIES = Duration.ofMinutes(10);

    /** By which part a delay is prolonged at most. */
    private static final double JITTER = 0.1;

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");

    /** Who is told how the claim goes. */
    interface Holder {

        /** What is known of the backend. */
        BackendInfo info();

        /** This node has the claim. */
        void granted();

        /** Another node has it. */
        void taken();

        /** It has lost the claim. Must not block. */
        void lost();

        /** Nobody is to have it any more. */
        void over();
    }

    private final FollowClaim claims;
    private final Holder holder;
    private final Ticker ticker;
    private final Executor lane;

    private final FailureLog failures = new FailureLog(LOG, Level.WARNING);
    private boolean held;
    private boolean over;
    private boolean ended;
    private long heldUntil;
    private @Nullable Future<?> next;
    private @Nullable Future<?> expiry;

    private final CompletableFuture<@Nullable Void> given = new CompletableFuture<>();

    /**
     * The claim on the backend of a holder.
     *
     * @param lane runs one task after the other
     */
    Claim(FollowClaim claims, Holder holder, Ticker ticker, Executor lane) {
        this.claims = claims;
        this.holder = holder;
        this.ticker = ticker;
        this.lane = lane;
    }

    /** Begins to ask. */
    void begin() {
        lane.execute(this::ask);
    }

    private void ask() {
        if (isOver()) {
            return;
        }
        long asked = ticker.nanoTime();
        FollowClaim.Answer answer;
        try {
            answer = Objects.requireNonNull(claims.claim(holder.info(), LEASE), "FollowClaim.Answer");
        } catch (Throwable e) {
            if (!isOver()) {
                log("asked for", e);
            }
            afterFailure(this::ask);
            return;
        }
        switch (answer) {
            case GRANTED -> grant(asked);
            case TAKEN -> {
                holder.taken();
                later(asked, QUESTION, this::ask);
            }
            case ENDED -> {
                if (finish()) {
                    given.complete(null);
                    holder.over();
                }
            }
        }
    }

    /** Counted from its end: a store that hangs is to have a pause, and the others their turn. */
    private void afterFailure(Runnable task) {
        later(ticker.nanoTime(), QUESTION, task);
    }

    private void grant(long asked) {
        boolean left;
        boolean granted;
        synchronized (this) {
            left = over;
            granted = !left && ticker.nanoTime() - asked < LEASE.toNanos();
            if (granted) {
                held = true;
                prolong(asked);
            }
        }
        if (granted) {
            holder.granted();
            renewUnlessLost(asked);
        } else if (left) {
            release(LAST_TRIES);
        } else {
            // By now the lease may be over.
            later(asked, QUESTION, this::ask);
        }
    }

    /** The claim may be lost while its holder is told of it: the last that it hears is what holds. */
    private void renewUnlessLost(long asked) {
        synchronized (this) {
            if (held) {
                later(asked, RENEWAL, this::renew);
                return;
            }
        }
        holder.lost();
    }

    private void renew() {
        if (!isHeld()) {
            return;
        }
        long asked = ticker.nanoTime();
        boolean renewed;
        try {
            renewed = claims.renew(holder.info(), LEASE);
        } catch (Throwable e) {
            if (isHeld()) {
                log("renewed", e);
                afterFailure(this::renew);
            }
            return;
        }
        synchronized (this) {
            if (!held) {
                return;
            }
            if (renewed) {
                prolong(asked);
            }
        }
        if (renewed) {
            failures.end();
            later(asked, RENEWAL, this::renew);
        } else {
            lose();
        }
    }

    /** By the clock of before the question: the lease began after it. */
    private synchronized void prolong(long asked) {
        heldUntil = asked + LEASE.toNanos();
        cancel(expiry);
        expiry = at(heldUntil, this::expire);
    }

    private void expire() {
        synchronized (this) {
            if (!held || ticker.nanoTime() - heldUntil < 0) {
                return;
            }
        }
        lose();
    }

    private void lose() {
        synchronized (this) {
            if (!held) {
                return;
            }
            held = false;
            cancel(next);
            cancel(expiry);
        }
        LOG.log(Level.WARNING, "JAMSOCKET-204 The claim on the backend {0} is lost: another node may tell of it", id());
        holder.lost();
        later(ticker.nanoTime(), QUESTION, this::ask);
    }

    synchronized boolean isHeld() {
        return held;
    }

    /**
     * Gives the claim up, if it is held, and asks no more. Once is enough.
     *
     * @param told whether nobody is to have it any more, which is told until it was heard
     * @return as {@link #given}
     */
    CompletableFuture<@Nullable Void> end(boolean told) {
        boolean had;
        synchronized (this) {
            had = held;
            if (!finish()) {
                return given;
            }
            ended = told;
        }
        lane.execute(() -> {
            if (had) {
                release(LAST_TRIES);
            }
            given.complete(null);
        });
        return given;
    }

    /** Done when it is given up, or that was tried in vain, and no call is under way. */
    CompletableFuture<@Nullable Void> given() {
        return given;
    }

    private synchronized boolean finish() {
        boolean first = !over;
        over = true;
        held = false;
        cancel(next);
        cancel(expiry);
        failures.end();
        return first;
    }

    private synchronized boolean isOver() {
        return over;
    }

    /** Whoever cannot be told that this node has left finds out by the lease; the end nobody else can tell. */
    private void release(Duration left) {
        boolean last = isEnded();
        try {
            claims.release(holder.info(), last);
            failures.end();
        } catch (Throwable e) {
            if (last && isRetried(left)) {
                log("given up", e);
            } else {
                failures.end();
                LOG.log(Level.DEBUG, "The claim on the backend " + id() + " is left to its lease", e);
            }
        }
    }

    private boolean isRetried(Duration left) {
        return left.compareTo(Duration.ZERO) > 0
                && at(ticker.nanoTime() + QUESTION.toNanos(), () -> lane.execute(() -> release(left.minus(QUESTION))))
                        != null;
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    /**
     * A little later than that at random, so that nodes do not ask at once. Counted from the question before: the lease
     * runs from there, however long the answer took.
     */
    private synchronized void later(long asked, Duration delay, Runnable task) {
        if (!over) {
            long jitter = (long) (delay.toNanos() * ticker.random().nextDouble(JITTER));
            next = at(asked + delay.toNanos() + jitter, () -> lane.execute(task));
        }
    }

    private @Nullable Future<?> at(long time, Runnable task) {
        try {
            return ticker.at(time, task);
        } catch (RejectedExecutionException e) {
            // The application is being undeployed.
            return null;
        }
    }

    private static void cancel(@Nullable Future<?> alarm) {
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    private String id() {
        return holder.info().backendId();
    }

    private void log(String what, Throwable failure) {
        failures.log(
                what,
                "JAMSOCKET-205 The claim on the backend " + id() + " could not be " + what + ", which is retried",
                failure);
    }
}
