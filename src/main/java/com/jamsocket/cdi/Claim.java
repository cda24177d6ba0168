package com.jamsocket.cdi;

import com.jamsocket.internal.FailureLog;
import com.jamsocket.internal.SerialExecutor;
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
 * when it is lost. The timer only starts things; the application is called on its own threads, one call at a time.
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

        /** It has lost the claim. Must not block. */
        void lost();

        /** Nobody is to have it any more. */
        void over();
    }

    private final FollowClaim claims;
    private final Holder holder;
    private final Ticker ticker;
    private final SerialExecutor threads;

    private final FailureLog failures = new FailureLog(LOG, Level.WARNING);
    private boolean held;
    private boolean over;
    private long heldUntil;
    private @Nullable Future<?> next;
    private @Nullable Future<?> expiry;

    /** Once it is to be given up, done when it is. */
    private CompletableFuture<@Nullable Void> given = CompletableFuture.completedFuture(null);

    Claim(FollowClaim claims, Holder holder, Ticker ticker, Executor threads) {
        this.claims = claims;
        this.holder = holder;
        this.ticker = ticker;
        this.threads = new SerialExecutor(
                threads,
                () -> {},
                failure -> LOG.log(Level.DEBUG, "A claim has led to nothing: its client is closed, maybe", failure));
    }

    /** Begins to ask. */
    void begin() {
        threads.execute(this::ask);
    }

    private void ask() {
        if (isOver()) {
            return;
        }
        long asked = ticker.nanoTime();
        FollowClaim.Answer answer = FollowClaim.Answer.TAKEN;
        try {
            answer = Objects.requireNonNull(claims.claim(holder.info(), LEASE), "FollowClaim.Answer");
        } catch (Throwable e) {
            if (!isOver()) {
                log("asked for", e);
            }
        }
        switch (answer) {
            case GRANTED -> grant(asked);
            case TAKEN -> later(asked, QUESTION, this::ask);
            case ENDED -> {
                if (finish()) {
                    holder.over();
                }
            }
        }
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
            release(false, Duration.ZERO);
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
                later(asked, QUESTION, this::renew);
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
     * @param ended whether nobody is to have it any more, which is told until it was heard
     * @return done when it is given up, or was tried in vain, and no call is under way
     */
    CompletableFuture<@Nullable Void> end(boolean ended) {
        CompletableFuture<@Nullable Void> tried = new CompletableFuture<>();
        boolean had;
        synchronized (this) {
            had = held;
            if (!finish()) {
                return given;
            }
            given = tried;
        }
        threads.execute(() -> {
            if (had) {
                release(ended, LAST_TRIES);
            }
            tried.complete(null);
        });
        return tried;
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
    private void release(boolean ended, Duration left) {
        try {
            claims.release(holder.info(), ended);
            failures.end();
        } catch (Throwable e) {
            boolean again = ended
                    && left.compareTo(Duration.ZERO) > 0
                    && at(
                                    ticker.nanoTime() + QUESTION.toNanos(),
                                    () -> threads.execute(() -> release(true, left.minus(QUESTION))))
                            != null;
            if (again) {
                log("given up", e);
            } else {
                failures.end();
                LOG.log(Level.DEBUG, "The claim on the backend " + id() + " is left to its lease", e);
            }
        }
    }

    /**
     * A little later than that at random, so that nodes do not ask at once. Counted from the question before: the lease
     * runs from there, however long the answer took.
     */
    private synchronized void later(long asked, Duration delay, Runnable task) {
        if (!over) {
            long jitter = (long) (delay.toNanos() * ticker.random().nextDouble(JITTER));
            next = at(asked + delay.toNanos() + jitter, () -> threads.execute(task));
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
