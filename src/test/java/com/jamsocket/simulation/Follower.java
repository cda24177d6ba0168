package com.jamsocket.simulation;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.client.SimulatedClient;
import com.jamsocket.internal.client.StatusFollower;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A listener of a stream that is opened by hand, or one that follows for as long as the client lives. */
final class Follower implements User, StatusListener {

    private static final Duration OPENING = SimulatedClient.CALL_TIMEOUT.plusSeconds(1);

    /**
     * How long it takes at most, once all is well, until the end is told: a question a minute and its jitter, one that
     * still waits for an answer, and a delay before a reconnection.
     */
    private static final Duration LATEST_END = Duration.ofMinutes(4);

    /** A date of Retry-After that a jump of the clock has put far away is heeded for five minutes, and its jitter. */
    static final Duration FAR_DATE = Duration.ofMinutes(8);

    private final Scene scene;
    private final View view;
    private final boolean forEver;
    private final boolean throwing;
    private final Chronicle record;
    private @Nullable CompletableFuture<StatusSubscription> opening;
    private Duration began = Duration.ZERO;
    private @Nullable Duration openedAt;
    private @Nullable StreamEnd end;
    private @Nullable Duration endedAt;
    private boolean closed;
    private boolean cancelled;
    private boolean clientClosed;
    private @Nullable BackendStatus closeAt;

    Follower(Scene scene, View view, boolean forEver) {
        this.scene = scene;
        this.view = view;
        this.forEver = forEver;
        this.throwing = scene.weather().brings(Fault.THROWING_LISTENER);
        this.record = new Chronicle(scene, view);
        if (scene.weather().brings(Fault.CLOSED_IN_CALLBACK)) {
            closeAt = BackendStatus.values()[scene.chance().below(8)];
        }
    }

    @Override
    public void begin() {
        began = scene.now();
        opening = (forEver
                        ? StatusFollower.of(scene.client()).follow(view.id(), this, state -> {})
                        : scene.client().async().statusStream(view.id(), this))
                .toCompletableFuture();
        if (!forEver && !scene.weather().brings(Fault.PROCESS_STALL)) {
            scene.time().at(OPENING, () -> scene.problems()
                    .require(opening().isDone(), view.id() + " has not been opened within " + OPENING));
        }
        if (scene.weather().brings(Fault.CLOSED_STREAM)) {
            scene.time().at(scene.chance().time(Duration.ofMillis(1), Duration.ofMinutes(4)), this::leave);
        }
    }

    private CompletableFuture<StatusSubscription> opening() {
        return Objects.requireNonNull(opening);
    }

    private void leave() {
        if (end != null || closed || clientClosed) {
            return;
        }
        if (!opening().isDone()) {
            cancelled = opening().cancel(true);
            scene.weather().happened(Fault.CANCELLED_STAGE);
        } else if (!opening().isCompletedExceptionally()) {
            closeNow();
            scene.weather().happened(Fault.CLOSED_STREAM);
        }
    }

    private void closeNow() {
        opening().join().close();
        closed = true;
    }

    @Override
    public void onState(BackendState state) {
        if (end != null || closed || clientClosed) {
            scene.problems().add(view.id() + " heard of " + state.statusName() + " after the end, or after close()");
        }
        record.add(state);
        if (state.status() == closeAt && opening().isDone() && !opening().isCompletedExceptionally()) {
            scene.weather().happened(Fault.CLOSED_IN_CALLBACK);
            closeNow();
        }
        throwSometimes();
    }

    @Override
    public void onReconnecting(int attempt, Duration delay, @Nullable Throwable cause) {
        scene.tally().count(Transition.RECONNECTING_TOLD);
        scene.problems().require(end == null, view.id() + " heard of a reconnection after the end");
        throwSometimes();
    }

    @Override
    public void onEnd(StreamEnd how) {
        scene.problems().require(end == null, view.id() + " heard of two ends: " + end + " and " + how);
        end = how;
        endedAt = scene.now();
        throwSometimes();
    }

    private void throwSometimes() {
        if (throwing && scene.chance().oneIn(3)) {
            scene.weather().happened(Fault.THROWING_LISTENER);
            if (scene.chance().oneIn(2)) {
                throw new StackOverflowError();
            }
            throw new IllegalStateException("thrown");
        }
    }

    @Override
    public void clientClosed() {
        clientClosed = true;
    }

    @Override
    public boolean isDone() {
        if (opening == null) {
            return false;
        }
        if (openedAt == null && opening().isDone()) {
            openedAt = scene.now();
        }
        return end != null || opening().isCompletedExceptionally();
    }

    @Override
    public void judge() {
        if (opening().isCompletedExceptionally()) {
            judgeFailedOpening();
            return;
        }
        if (end == null) {
            return;
        }
        scene.tally().count(Transition.OPENED);
        scene.problems()
                .require(
                        opening().join().end().toCompletableFuture().isDone(),
                        view.id() + " was told the end, but end() is not complete");
        judgeEnd(end);
        record.judgeCompleteness(end);
        long questions = 30 + view.faults() * 4L + scene.now().toSeconds() / 3;
        scene.problems().require(view.questions() <= questions, view.id() + " asked " + view.questions() + " times");
        int openings = 3 + view.faults() * 2 + view.backend().history().size();
        scene.problems()
                .require(
                        view.openings().size() <= openings,
                        view.id() + " opened " + view.openings().size() + " times");
    }

    private void judgeFailedOpening() {
        scene.tally().count(Transition.OPENING_FAILED);
        scene.problems().require(record.isEmpty() && end == null, view.id() + " was not opened but told " + record);
        if (cancelled || clientClosed) {
            return;
        }
        Throwable failure = failure(opening());
        boolean excused = view.faults() > 0
                || view.saidUnknownAt() != null
                || scene.weather().faults() > 0;
        scene.problems().require(excused, view.id() + " could not be opened: " + failure);
        if (failure instanceof BackendNotFoundException) {
            scene.problems().require(view.saidUnknownAt() != null, view.id() + " is known, but: " + failure);
        } else if (forEver) {
            boolean foreign = String.valueOf(failure.getMessage()).contains("this 404 is not from")
                    || String.valueOf(failure.getMessage()).contains("html")
                    || failure instanceof com.jamsocket.JamsocketProtocolException;
            scene.problems().require(foreign, view.id() + " is not followed any more: " + failure);
        }
    }

    static Throwable failure(CompletableFuture<?> future) {
        try {
            future.join();
            return new AssertionError("no failure");
        } catch (CompletionException e) {
            return e.getCause() == null ? e : e.getCause();
        } catch (RuntimeException e) {
            return e;
        }
    }

    private void judgeEnd(StreamEnd how) {
        ModelBackend backend = view.backend();
        Duration worst = max(max(scene.weather().quietFrom(), scene.releasedAt()), began);
        if (how instanceof StreamEnd.Terminated) {
            scene.tally().count(Transition.END_TERMINATED);
            scene.problems().require(backend.hasEnded(), view.id() + " lives, but: " + how);
            scene.problems()
                    .require(
                            record.endsWith(BackendStatus.TERMINATED),
                            view.id() + " was not told of the last state: " + record);
            worst = max(worst, backend.last().at());
        } else if (how instanceof StreamEnd.Forgotten) {
            scene.tally().count(Transition.END_FORGOTTEN);
            Duration forgotten = backend.forgottenAt();
            scene.problems().require(forgotten != null, view.id() + " is known, but: " + how);
            worst = forgotten == null ? worst : max(worst, forgotten);
        } else if (how instanceof StreamEnd.Closed) {
            scene.tally().count(Transition.END_CLOSED);
            scene.problems().require(closed || clientClosed || cancelled, view.id() + " was not closed, but: " + how);
            worst = Duration.ofDays(1);
        } else {
            scene.tally().count(Transition.END_FAILED);
            scene.problems().require(view.wasRefusedForGood(), view.id() + " was not refused, but: " + how);
            worst = Duration.ofDays(1);
        }
        if (closed && !(how instanceof StreamEnd.Closed)) {
            scene.problems().add(view.id() + " was closed, but: " + how);
        }
        if (mayWaitForAFarDate(scene)) {
            worst = worst.plus(FAR_DATE);
        }
        Duration told = Objects.requireNonNull(endedAt);
        scene.problems()
                .require(
                        told.compareTo(worst.plus(LATEST_END)) <= 0,
                        view.id() + " heard of the end only at " + told + ", not soon after " + worst);
    }

    @Override
    public String toString() {
        return "follower " + forEver + " " + began + " end " + end + "@" + endedAt + " " + record;
    }

    static boolean mayWaitForAFarDate(Scene scene) {
        return scene.weather().brings(Fault.TOO_MANY_RETRY_DATE)
                && scene.weather().brings(Fault.CLOCK_JUMP);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
