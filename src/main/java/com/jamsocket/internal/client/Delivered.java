package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which states of a backend were delivered, so that each status comes once and never goes back: servers replay, repeat
 * and reorder. States are told apart by their status; the times of one and the same differ between answers.
 */
final class Delivered {

    /** More unknown statuses than a backend can have: whoever sends them is no server. */
    private static final int MAX_UNKNOWN = 64;

    private @Nullable BackendStatus furthest;
    private final Set<String> unknown = new HashSet<>();

    /** Whether this state is new; if so, it counts as delivered from now on. */
    synchronized boolean add(BackendState state) {
        if (state.status() == BackendStatus.UNKNOWN) {
            return unknown.size() < MAX_UNKNOWN && unknown.add(state.statusName());
        }
        if (!isAhead(state)) {
            return false;
        }
        furthest = state.status();
        return true;
    }

    /** Whether the backend has come further than what was delivered. */
    synchronized boolean isAhead(BackendState state) {
        return state.status() != BackendStatus.UNKNOWN
                && (furthest == null || state.status().isAfter(furthest));
    }
}
