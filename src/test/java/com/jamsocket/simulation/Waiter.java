package com.jamsocket.simulation;

import com.jamsocket.BackendEndedException;
import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendStatus;
import com.jamsocket.JamsocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One who waits, within a time, for a backend to be ready or to end. */
final class Waiter implements User {

    /** How late a deadline may be kept: timers are late, and so are threads. */
    private static final Duration SLACK = Duration.ofMillis(300);

    /** How soon a wait is over at most, once all is well: looks are five seconds apart. */
    private static final Duration SOON = Duration.ofSeconds(12);

    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private final Scene scene;
    private final View view;
    private final boolean ready;
    private final Duration timeout;
    private Duration began = Duration.ZERO;
    private @Nullable CompletableFuture<?> result;
    private boolean cancelled;
    private boolean clientClosed;

    Waiter(Scene scene, View view, boolean ready) {
        this.scene = scene;
        this.view = view;
        this.ready = ready;
        this.timeout = scene.chance().time(Duration.ofMillis(200), Duration.ofMinutes(8));
    }

    @Override
    public void begin() {
        began = scene.now();
        var async = scene.client().async();
        result = (ready ? async.awaitReady(view.id(), timeout) : async.awaitTerminated(view.id(), timeout))
                .toCompletableFuture();
        scene.time().at(timeout.plus(SLACK), () -> scene.problems()
                .require(result().isDone(), view.id() + " waits for longer than " + timeout));
        Duration early = timeout.minus(Duration.ofMillis(1));
        scene.time()
                .at(early, () -> scene.problems().require(!isTimeout(), view.id() + " does not wait until " + timeout));
        if (scene.weather().brings(Fault.CANCELLED_STAGE) && scene.chance().oneIn(3)) {
            scene.time().at(scene.chance().time(Duration.ofMillis(1), timeout), () -> {
                if (result().cancel(true)) {
                    scene.weather().happened(Fault.CANCELLED_STAGE);
                    cancelled = true;
                }
            });
        }
    }

    private CompletableFuture<?> result() {
        return Objects.requireNonNull(result);
    }

    private boolean isTimeout() {
        return result().isCompletedExceptionally()
                && Follower.failure(result()) instanceof JamsocketTimeoutException
                && scene.now().minus(began).compareTo(timeout) < 0;
    }

    @Override
    public boolean isDone() {
        return result != null && result.isDone();
    }

    @Override
    public void clientClosed() {
        clientClosed = true;
    }

    @Override
    public void judge() {
        if (cancelled || clientClosed) {
            return;
        }
        if (!result().isCompletedExceptionally()) {
            scene.tally().count(ready ? Transition.READY_IN_TIME : Transition.TERMINATED_IN_TIME);
            BackendStatus reached = ready ? BackendStatus.READY : BackendStatus.TERMINATED;
            scene.problems().require(at(reached) != null, view.id() + " was never " + reached);
            return;
        }
        Throwable failure = Follower.failure(result());
        if (failure instanceof BackendEndedException) {
            scene.tally().count(Transition.ENDED_BEFORE_READY);
            boolean ending = view.backend().history().stream()
                    .anyMatch(told -> told.status().isEnding());
            scene.problems().require(ready && ending, view.id() + " has not ended, but: " + failure);
        } else if (failure instanceof JamsocketTimeoutException) {
            scene.tally().count(Transition.WAIT_TIMED_OUT);
            judgeTimeout();
        } else if (failure instanceof BackendNotFoundException) {
            scene.tally().count(Transition.WAIT_GONE);
            scene.problems().require(view.saidUnknownAt() != null, view.id() + " is known, but: " + failure);
        } else {
            scene.tally().count(Transition.WAIT_FAILED);
            scene.problems()
                    .require(
                            view.wasRefusedForGood() || view.faults() > 0,
                            view.id() + " cannot be waited for: " + failure);
        }
    }

    private void judgeTimeout() {
        Duration reached = at(ready ? BackendStatus.READY : BackendStatus.TERMINATED);
        Duration deadline = began.plus(timeout);
        boolean inTime = reached != null
                && !scene.weather().brings(Fault.PROCESS_STALL)
                && !Follower.mayWaitForAFarDate(scene)
                && view.backend().forgottenAt() == null
                && reached.plus(SOON).compareTo(deadline) < 0
                && began.plus(SOON).compareTo(deadline) < 0
                && (!scene.weather().isDialled()
                        || scene.weather().quietFrom().plus(RECOVERY).compareTo(deadline) < 0);
        scene.problems().require(!inTime, view.id() + " timed out although it was there at " + reached);
    }

    private @Nullable Duration at(BackendStatus status) {
        return view.backend().history().stream()
                .filter(told -> told.status() == status)
                .map(ModelBackend.Told::at)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        return view.id() + " waits for " + (ready ? "ready" : "the end") + " from " + began + " for " + timeout + ": "
                + result;
    }
}
