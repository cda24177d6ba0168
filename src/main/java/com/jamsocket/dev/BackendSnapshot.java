package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.internal.dev.cluster.Backend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backend as the server sees it at one moment.
 *
 * @param request what it was started for
 * @param history its states so far, in order and with their times, at least one
 * @param exitCode the exit code of what ran in it, or null
 */
public record BackendSnapshot(LaunchRequest request, List<BackendState> history, @Nullable Integer exitCode) {

    /** Copies the history. */
    public BackendSnapshot {
        history = List.copyOf(history);
    }

    static BackendSnapshot of(Backend backend) {
        return new BackendSnapshot(LaunchRequest.of(backend), backend.history(), backend.exitCode());
    }

    /** Its id. */
    public String id() {
        return request.backendId();
    }

    /** Its key, or null. */
    public @Nullable String key() {
        return request.key();
    }

    /** The user of the connection that started it, or null. */
    public @Nullable String user() {
        return request.user();
    }

    /** The present state. */
    public BackendState state() {
        return history.get(history.size() - 1);
    }
}
