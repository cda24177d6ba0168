package com.jamsocket.internal.client;

import com.jamsocket.BulkheadFullException;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.JamsocketInterruptedException;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.TestTime;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.wire.Call;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an outage of the server from holding the threads of an application: of the callers that have waited for over a
 * second, only so many may go on while the server answers nobody. The others fail, and so do new ones, at once, but for
 * one a second, by which the client finds out that the server is back.
 *
 * <p>A Jakarta REST client cannot be left in the middle of an exchange. So a caller makes its attempt itself only while
 * the server answers: so many may begin after each answer. Others wait for a thread of the client, and can be released.
 */
final class Bulkhead {

    /** How long callers wait before they count. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What may go by from a call to its first attempt. */
    private static final Duration SLACK = Duration.ofMillis(100);

    private final ClientSettings settings;
    private final int maxWaiting;
    private final Threads threads;
    private final Ticker ticker;
    private final AtomicLong count = new AtomicLong();
    private final AtomicInteger begunSinceAnswer = new AtomicInteger();
    private final Set<Caller> callers = ConcurrentHashMap.newKeySet();
    private final AtomicLong enteredAt = new AtomicLong();
    private volatile long answeredAt;
    private volatile @Nullable JamsocketException lastFailure;

    Bulkhead(ClientSettings settings, Threads threads) {
        this.settings = settings;
        this.maxWaiting = settings.get(Setting.MAX_WAITING_CALLS);
        this.threads = threads;
        this.ticker = threads.ticker();
        this.answeredAt = ticker.nanoTime() - PATIENCE.toNanos();
    }

    /**
     * Lets a caller in, which must leave in the end.
     *
     * @throws BulkheadFullException if as many wait as may
     */
    Caller enter(Call call) {
        Caller caller = new Caller(call);
        try {
            caller.requireRoom(false);
        } catch (BulkheadFullException e) {
            if (!maySeeWhetherTheServerIsBack()) {
                caller.close();
                throw e;
            }
        }
        enteredAt.set(ticker.nanoTime());
        callers.add(caller);
        return caller;
    }

    /** How many callers have waited for long. */
    int waiting() {
        return (int) callers.stream().filter(caller -> caller.patience.isOver()).count();
    }

    /** Is told how each attempt ended. A refusal for good is an answer; an attempt that was given up says nothing. */
    void attempted(@Nullable Throwable failure) {
        if (failure == null || (failure instanceof JamsocketApiException refusal && !refusal.isRetryable())) {
            answeredAt = ticker.nanoTime();
            begunSinceAnswer.set(0);
        } else if (failure instanceof JamsocketException known && !isGivenUp(known)) {
            lastFailure = known;
        }
    }

    /** Whether it says no more than the failure before it, of which it would make a chain. */
    private static boolean isGivenUp(JamsocketException failure) {
        return failure instanceof BulkheadFullException
                || failure instanceof JamsocketInterruptedException
                || failure.getCause() instanceof JamsocketException;
    }

    /** One a second may: those who wait may hold requests that were lost, and would not find out. */
    private boolean maySeeWhetherTheServerIsBack() {
        long last = enteredAt.get();
        long now = ticker.nanoTime();
        return now - last >= PATIENCE.toNanos() && enteredAt.compareAndSet(last, now);
    }

    private boolean hasAnsweredLately() {
        return ticker.nanoTime() - answeredAt < PATIENCE.toNanos();
    }

    /** A thread of the application from the beginning of its call to the end. */
    final class Caller implements AutoCloseable {

        private final Call call;
        private final long number = count.incrementAndGet();
        private final Deadline patience = Deadline.after(PATIENCE, ticker);
        private final Deadline deadline = Deadline.after(settings.callTimeout(), ticker);
        private final TestTime.Turn turn;

        /** Whether it is, or was at last, in an attempt of its own, which it cannot leave. */
        private volatile boolean begun;

        private Caller(Call call) {
            this.call = call;
            this.turn = threads.turn(call.toString());
        }

        /** Whether it may begin an attempt itself, which it cannot leave. */
        boolean beginsItself() {
            begun = deadline.left().plus(SLACK).compareTo(settings.attempt()) >= 0
                    && begunSinceAnswer.incrementAndGet() <= maxWaiting;
            return begun;
        }

        /**
         * Waits for a result, and gives it up when this leaves without it. What is there in the moment of leaving is
         * taken, for an open stream has no other owner.
         *
         * @throws BulkheadFullException if others wait, as many as may, that came before or cannot leave
         * @throws JamsocketConnectionException if the time for the whole call is over
         * @throws JamsocketInterruptedException if the thread is interrupted
         */
        <T extends @Nullable Object> T await(CompletableFuture<T> result) {
            turn.waitsFor(result);
            try {
                while (!isDoneWithin(deadline.atMost(patience.isOver() ? PATIENCE : patience.left()), result)) {
                    requireTime();
                    requireRoom(true);
                }
            } catch (JamsocketException e) {
                if (result.cancel(true)) {
                    throw e;
                }
            }
            return Failures.join(result);
        }

        private boolean isDoneWithin(Duration time, CompletableFuture<?> result) {
            try {
                result.get(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JamsocketInterruptedException("interrupted while waiting for the answer to " + call);
            } catch (ExecutionException e) {
                return true;
            }
            return true;
        }

        private void requireTime() {
            if (deadline.isOver()) {
                throw new JamsocketConnectionException(
                        "no answer to " + call + " within " + settings.callTimeout() + " in all", lastFailure, true);
            }
        }

        private void requireRoom(boolean sent) {
            if (!hasAnsweredLately() && callers.stream().filter(this::isBehind).count() >= maxWaiting) {
                JamsocketException last = lastFailure;
                throw new BulkheadFullException(
                        "the server does not answer, and " + maxWaiting + " calls wait for it already (" + call + ")"
                                + (last == null ? "" : "; the last failure: " + last.getMessage()),
                        last,
                        sent);
            }
        }

        /** Whether the other has the first right to wait: who cannot leave goes before who came earlier. */
        private boolean isBehind(Caller other) {
            boolean behind = other.begun == begun ? other.number < number : other.begun;
            return behind && other.patience.isOver();
        }

        @Override
        public void close() {
            callers.remove(this);
            turn.close();
        }
    }
}
