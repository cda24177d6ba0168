package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import java.time.Instant;

/** States for tests. */
final class States {

    private static final Instant TIME = Instant.parse("2026-11-01T00:00:00Z");

    static final BackendState.Scheduled SCHEDULED = new BackendState.Scheduled(TIME);
    static final BackendState.Starting STARTING = new BackendState.Starting(TIME.plusSeconds(1));
    static final BackendState.Ready READY = new BackendState.Ready(TIME.plusSeconds(2));
    static final BackendState.Terminating TERMINATING =
            new BackendState.Terminating(TIME.plusSeconds(3), "swept", null);
    static final BackendState.Terminated TERMINATED =
            new BackendState.Terminated(TIME.plusSeconds(4), null, null, null);

    private States() {}
}
