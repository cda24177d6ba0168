package com.jamsocket.testkit;

import com.jamsocket.BackendState;
import com.jamsocket.TerminationKind;
import com.jamsocket.TerminationReason;
import com.jamsocket.dev.JamsocketDevServer;
import java.time.Instant;
import java.util.List;

/** A backend's life, step by step. */
public final class States {

    private static final Instant TIME = Instant.parse("2026-11-01T00:00:00Z");

    public static final BackendState.Scheduled SCHEDULED = BackendState.scheduled(TIME);
    public static final BackendState.Loading LOADING = BackendState.loading(TIME.plusSeconds(1));
    public static final BackendState.Starting STARTING = BackendState.starting(TIME.plusSeconds(2));
    public static final BackendState.Waiting WAITING = BackendState.waiting(TIME.plusSeconds(3));
    public static final BackendState.Ready READY = BackendState.ready(TIME.plusSeconds(4));
    public static final BackendState.Terminating TERMINATING =
            BackendState.terminating(TIME.plusSeconds(5), TerminationReason.EXTERNAL);
    public static final BackendState.Terminated TERMINATED = BackendState.Terminated.builder(TIME.plusSeconds(6))
            .reason(TerminationReason.EXTERNAL)
            .kind(TerminationKind.SOFT)
            .build();

    private static final List<BackendState> STATES =
            List.of(SCHEDULED, LOADING, STARTING, WAITING, READY, TERMINATING, TERMINATED);

    /** All of it, in the words of the wire. */
    public static final List<String> LIFE =
            STATES.stream().map(BackendState::statusName).toList();

    private States() {}

    /** The state with this status. */
    public static BackendState of(String status) {
        return STATES.get(LIFE.indexOf(status));
    }

    /** A state that this version has no variant for. */
    public static BackendState unknown(String status) {
        return BackendState.unknown(TIME, status, "{\"status\":\"" + status + "\",\"time\":\"" + TIME + "\"}");
    }

    /** Moves a backend by hand, over every status to this one. */
    public static void move(JamsocketDevServer server, String backendId, String status) {
        LIFE.subList(0, LIFE.indexOf(status) + 1).forEach(each -> server.moveTo(backendId, of(each)));
    }

    /** Moves a backend one status on from this one. */
    public static void moveOn(JamsocketDevServer server, String backendId, BackendState from) {
        int next = LIFE.indexOf(from.statusName()) + 1;
        if (next < LIFE.size()) {
            server.moveTo(backendId, STATES.get(next));
        }
    }
}
