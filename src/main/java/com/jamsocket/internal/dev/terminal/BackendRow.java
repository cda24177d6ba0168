package com.jamsocket.internal.dev.terminal;

import com.jamsocket.BackendState;
import com.jamsocket.internal.dev.cluster.Backend;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the terminal shows of a backend.
 *
 * @param began when it was scheduled
 * @param idleSince since when it is without connections and requests; null while it has some
 */
public record BackendRow(
        String id,
        String service,
        @Nullable String key,
        @Nullable String user,
        BackendState state,
        Instant began,
        @Nullable Instant idleSince) {

    public static BackendRow of(Backend backend) {
        return new BackendRow(
                backend.id(),
                backend.spec().service(),
                backend.spec().key(),
                backend.spec().user(),
                backend.state(),
                backend.history().get(0).time(),
                backend.openRequests() > 0 ? null : backend.idleSince());
    }
}
