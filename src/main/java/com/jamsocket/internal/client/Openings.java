package com.jamsocket.internal.client;

import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.internal.Deadline;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.http.NoAnswer;
import com.jamsocket.internal.sse.Admission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the openings of streams that are in flight: status question and handshake, of first openings and of
 * reconnections. A bulkhead and a circuit breaker, for all streams of a client, which have one origin.
 *
 * <p>While the server answers, as many are in flight as may be, and the others wait in a queue. Once it has refused
 * some connections in a row it counts as down: one opening a second goes out then, as a probe, be it that those before
 * have had no answer. Those that wait share a refusal. The first answer ends the outage; from there on the number in
 * flight grows by one with each answer, as in a slow start of TCP, and without answers by one a second.
 */
final class Openings {

    /** How often a server is probed that is down, or slow after it was. */
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

    /** After so many refused connections with no answer between them a server is down: one alone may be chance. */
    private static final int REFUSED_IN_A_ROW = 5;

    private final int limit;
    private final Duration patience;
    private final Ticker ticker;
    private final Runnable onRecovery;

    // Guarded by this.
    private final Set<CompletableFuture<Admission.Turn>> continuing = new LinkedHashSet<>();
    private final Set<CompletableFuture<Admission.Turn>> beginning = new LinkedHashSet<>();
    private final Set<Turn> inFlight = new LinkedHashSet<>();
    private int window;
    private int refused;
    private boolean outage;

    /** The last probe, unless its outcome is known. */
    private @Nullable Turn probe;

    private long nextProbe;
    private @Nullable Future<?> alarm;
    private long alarmAt;
    private boolean going;

    /**
     * With nobody waiting, for a server that is expected to be there.
     *
     * @param limit how many may be in flight
     * @param patience how long one counts as in flight if the server says nothing
     * @param onRecovery run when a server answers that was down; must not block
     */
    Openings(int limit, Duration patience, Ticker ticker, Runnable onRecovery) {
        this.limit = limit;
        this.patience = patience;
        this.ticker = ticker;
        this.onRecovery = onRecovery;
        this.window = limit;
    }

    /**
     * Waits for its turn. Fails with what the server refuses connections with, if it is down. To be cancelled when it
     * is not wanted any more.
     *
     * @param continues whether it is the next part of an opening that has had a turn: those go first, so that openings
     *     that were begun come to their end
     */
    CompletableFuture<Admission.Turn> enter(boolean continues) {
        CompletableFuture<Admission.Turn> entered = new CompletableFuture<>();
        synchronized (this) {
            (continues ? continuing : beginning).add(entered);
        }
        goOn();
        Stages.whenDone(entered, (turn, failure) -> leave(entered));
        return entered;
    }

    /** Whoever does not want to wait any more is not to be come back for. */
    @SuppressWarnings("CollectionUndefinedEquality") // Futures are equal to themselves, as is meant.
    private void leave(CompletableFuture<Admission.Turn> entered) {
        boolean waited;
        synchronized (this) {
            waited = continuing.remove(entered) || beginning.remove(entered);
        }
        if (waited) {
            goOn();
        }
    }

    /** Whether the server refuses connections, for all that is known. */
    synchronized boolean isOutage() {
        return outage;
    }

    /**
     * Lets in whoever may go. What is completed here may come back here, so nothing is locked meanwhile, and one thread
     * at a time does it, with no call within a call.
     */
    private void goOn() {
        synchronized (this) {
            if (going) {
                return;
            }
            going = true;
        }
        for (Runnable step = step(); step != null; step = step()) {
            step.run();
        }
    }

    private synchronized @Nullable Runnable step() {
        CompletableFuture<Admission.Turn> next = mayBegin() ? poll() : null;
        if (next != null) {
            return () -> letIn(next);
        }
        try {
            setAlarm();
        } catch (RejectedExecutionException e) {
            // The client is closed, and with it goes whoever waits.
            List<CompletableFuture<Admission.Turn>> left = pollAll();
            return () -> left.forEach(entered -> entered.cancel(false));
        }
        going = false;
        return null;
    }

    private @Nullable CompletableFuture<Admission.Turn> poll() {
        Iterator<CompletableFuture<Admission.Turn>> queue = (continuing.isEmpty() ? beginning : continuing).iterator();
        if (!queue.hasNext()) {
            return null;
        }
        CompletableFuture<Admission.Turn> first = queue.next();
        queue.remove();
        return first;
    }

    private List<CompletableFuture<Admission.Turn>> pollAll() {
        List<CompletableFuture<Admission.Turn>> all = new ArrayList<>(continuing);
        all.addAll(beginning);
        continuing.clear();
        beginning.clear();
        return all;
    }

    private boolean mayBegin() {
        return (!outage && inFlight.size() < window) || (mayProbe() && ticker.nanoTime() - nextProbe >= 0);
    }

    /** Those that have no answer are no reason not to send another, as long as they are not too many. */
    private boolean mayProbe() {
        return inFlight.size() < limit || (outage && probe == null);
    }

    private void letIn(CompletableFuture<Admission.Turn> entered) {
        if (entered.isDone()) {
            return;
        }
        Turn turn;
        synchronized (this) {
            turn = new Turn(outage);
            inFlight.add(turn);
            nextProbe = ticker.nanoTime() + PROBE_INTERVAL.toNanos();
            if (outage) {
                probe = turn;
            }
        }
        if (!entered.complete(turn)) {
            turn.close();
        }
    }

    /** Comes back for those who wait: when the next probe is due, or nobody answers those who are in flight. */
    private void setAlarm() {
        if (continuing.isEmpty() && beginning.isEmpty()) {
            cancelAlarm();
            return;
        }
        long at = mayProbe() ? nextProbe : inFlight.iterator().next().end;
        if (alarm == null || at - alarmAt < 0) {
            cancelAlarm();
            alarmAt = at;
            alarm = ticker.at(at, this::wake);
        }
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }

    private void wake() {
        List<Turn> late = new ArrayList<>();
        synchronized (this) {
            alarm = null;
            for (Turn turn : inFlight) {
                if (ticker.nanoTime() - turn.end >= 0) {
                    late.add(turn);
                }
            }
        }
        late.forEach(Turn::close);
        goOn();
    }

    private void answered() {
        boolean recovered;
        synchronized (this) {
            recovered = outage;
            refused = 0;
            outage = false;
            probe = null;
            // After an outage one more than now: those that have had no answer, which may never come, take no place.
            window = Math.min(limit, (recovered ? inFlight.size() : window) + 1);
        }
        if (recovered) {
            onRecovery.run();
        }
        goOn();
    }

    private void refused(Turn turn, Throwable failure) {
        List<CompletableFuture<Admission.Turn>> failing = List.of();
        synchronized (this) {
            refused++;
            boolean probed = outage && turn.probing;
            if (probed) {
                // As fresh as an attempt of their own would be.
                failing = pollAll();
            }
            if (turn.equals(probe)) {
                probe = null;
            }
            if (probed || (!outage && refused >= REFUSED_IN_A_ROW)) {
                outage = true;
                nextProbe = ticker.nanoTime() + PROBE_INTERVAL.toNanos();
            }
        }
        failing.forEach(next -> next.completeExceptionally(failure));
    }

    /** One of those in flight. */
    private final class Turn implements Admission.Turn {

        private final long end = ticker.nanoTime() + Deadline.nanos(patience);
        private final boolean probing;

        Turn(boolean probing) {
            this.probing = probing;
        }

        @Override
        public void concluded(@Nullable Throwable failure) {
            synchronized (Openings.this) {
                if (!inFlight.contains(this)) {
                    return;
                }
            }
            if (failure == null
                    || failure instanceof JamsocketApiException
                    || failure instanceof JamsocketProtocolException) {
                answered();
            } else if (NoAnswer.isBeforeSending(failure)) {
                refused(this, failure);
            } else if (!(failure instanceof CancellationException)) {
                // There is somebody who takes connections.
                answered();
            }
        }

        @Override
        public void close() {
            synchronized (Openings.this) {
                if (!inFlight.remove(this)) {
                    return;
                }
                if (equals(probe)) {
                    // Given up, so that nobody has found out anything.
                    probe = null;
                    nextProbe = ticker.nanoTime();
                }
            }
            goOn();
        }
    }
}
