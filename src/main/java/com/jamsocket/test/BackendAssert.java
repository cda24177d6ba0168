package com.jamsocket.test;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.TerminationReason;
import com.jamsocket.dev.BackendSnapshot;
import com.jamsocket.dev.DevBackend;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What a backend must have come to. Made by {@link JamsocketAssertions}. */
public final class BackendAssert {

    private final DevBackend backend;

    BackendAssert(DevBackend backend) {
        this.backend = Objects.requireNonNull(backend, "backend");
    }

    /** This is its status. */
    public BackendAssert isAt(BackendStatus status) {
        BackendStatus found = snapshot().state().status();
        return require(found == status, "at " + status + ", not at " + found);
    }

    /** It has ended. */
    public BackendAssert hasEnded() {
        return isAt(BackendStatus.TERMINATED);
    }

    /** It has ended, for this reason. */
    public BackendAssert hasEndedBecause(TerminationReason reason) {
        hasEnded();
        BackendState.Terminated end = (BackendState.Terminated) snapshot().state();
        return require(end.reason() == reason, "one that ended because " + reason + ", not " + end.reason());
    }

    /** It has ended by itself with this exit code. */
    public BackendAssert hasExitedWith(int exitCode) {
        hasEnded();
        Integer found = snapshot().exitCode();
        return require(Objects.equals(found, exitCode), "one that exited with " + exitCode + ", not with " + found);
    }

    /** It has been at just these statuses so far, in this order. */
    public BackendAssert hasBeenAt(BackendStatus... statuses) {
        List<BackendStatus> found =
                snapshot().history().stream().map(BackendState::status).toList();
        return require(found.equals(Arrays.asList(statuses)), "at " + Arrays.asList(statuses) + ", not at " + found);
    }

    private BackendSnapshot snapshot() {
        return backend.snapshot();
    }

    private BackendAssert require(boolean holds, String expected) {
        if (!holds) {
            throw new AssertionError("expected " + backend.id() + " to be " + expected);
        }
        return this;
    }
}
