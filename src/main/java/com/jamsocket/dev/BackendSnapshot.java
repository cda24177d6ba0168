package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.internal.dev.cluster.Backend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backend as the server sees it at one moment.
 *
 * @param id its id
 * @param key its key, or null
 * @param user the user of the connection that started it, or null
 * @param history its states so far, in order, at least one
 */
public record BackendSnapshot(String id, @Nullable String key, @Nullable String user, List<BackendState> history) {

    /** Copies the history. */
    public BackendSnapshot {
        history = List.copyOf(history);
    }

    static BackendSnapshot of(Backend backend) {
        return new BackendSnapshot(
                backend.id(), backend.spec().key(), backend.spec().user(), backend.history());
    }

    /** The present state. */
    public BackendState state() {
        return history.get(history.size() - 1);
    }
}
