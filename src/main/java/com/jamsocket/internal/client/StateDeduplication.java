package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.TerminationKind;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which states of a backend were delivered, so that each status comes once and never goes back: servers replay, repeat
 * and reorder. States are told apart by their status; the times of one and the same differ between answers. It may
 * outlive a stream, for one that goes on where another stopped. Safe for use by many threads.
 */
public final class StateDeduplication {

    /** More unknown statuses than a backend can have: whoever sends them is no server. */
    private static final int MAX_UNKNOWN = 64;

    private @Nullable BackendStatus furthest;
    private final Set<String> unknown = new HashSet<>();

    /** Nothing was delivered. */
    public StateDeduplication() {}

    /** Whether this state is new; if so, it counts as delivered from now on. */
    public synchronized boolean add(BackendState state) {
        if (!isNew(state)) {
            return false;
        }
        if (state.status() == BackendStatus.UNKNOWN) {
            unknown.add(state.statusName());
        } else {
            furthest = state.status();
        }
        return true;
    }

    /** Whether this state was not delivered, and still may be. */
    synchronized boolean isNew(BackendState state) {
        return state.status() == BackendStatus.UNKNOWN
                ? unknown.size() < MAX_UNKNOWN && !unknown.contains(state.statusName())
                : isAhead(state);
    }

    /** Whether the backend has come further than what was delivered. */
    synchronized boolean isAhead(BackendState state) {
        return state.status() != BackendStatus.UNKNOWN
                && (furthest == null || state.status().isAfter(furthest));
    }

    /** The last status that was delivered; null if there was none. */
    synchronized @Nullable BackendStatus furthest() {
        return furthest;
    }

    /**
     * Whether nothing can be missing between what was delivered and this state. A backend may skip statuses, but seldom
     * does, so that a skip is worth a question.
     */
    synchronized boolean isDirectStep(BackendState state) {
        if (state.status() == BackendStatus.UNKNOWN) {
            return true;
        }
        if (furthest == null) {
            return state.status() == BackendStatus.SCHEDULED;
        }
        return switch (state.status()) {
            case TERMINATING -> furthest == BackendStatus.READY;
            case HARD_TERMINATING -> furthest == BackendStatus.READY || furthest == BackendStatus.TERMINATING;
            case TERMINATED -> isDirectEnd((BackendState.Terminated) state);
            case READY -> furthest == BackendStatus.WAITING;
            case WAITING -> furthest == BackendStatus.STARTING;
            case STARTING -> furthest == BackendStatus.LOADING;
            case LOADING -> furthest == BackendStatus.SCHEDULED;
            case SCHEDULED, UNKNOWN -> false;
        };
    }

    private boolean isDirectEnd(BackendState.Terminated end) {
        if (furthest == BackendStatus.TERMINATING) {
            // An end has the kind of what was last asked for.
            return end.kind() != TerminationKind.HARD;
        }
        // A process that ends by itself was asked by nobody: there is no reason, and nothing before it.
        return furthest == BackendStatus.HARD_TERMINATING
                || (furthest != BackendStatus.SCHEDULED && end.reasonName() == null && end.kindName() == null);
    }
}
