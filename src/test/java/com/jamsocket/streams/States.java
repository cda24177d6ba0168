package com.jamsocket.streams;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.TerminationKind;
import com.jamsocket.TerminationReason;
import com.jamsocket.dev.JamsocketDevServer;
import java.time.Instant;
import java.util.List;

/** A backend's life, step by step. */
final class States {

    /** All of it, in the words of the wire. */
    static final List<String> LIFE =
            List.of("scheduled", "loading", "starting", "waiting", "ready", "terminating", "terminated");

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private States() {}

    static BackendState of(String status) {
        return switch (BackendStatus.of(status)) {
            case SCHEDULED -> new BackendState.Scheduled(TIME);
            case LOADING -> new BackendState.Loading(TIME);
            case STARTING -> new BackendState.Starting(TIME);
            case WAITING -> new BackendState.Waiting(TIME);
            case READY -> new BackendState.Ready(TIME);
            case TERMINATING -> new BackendState.Terminating(TIME, TerminationReason.EXTERNAL);
            case TERMINATED ->
                new BackendState.Terminated(TIME, TerminationReason.EXTERNAL, TerminationKind.SOFT, null);
            default -> throw new IllegalArgumentException(status);
        };
    }

    /** A state that this version has no variant for. */
    static BackendState unknown(String status) {
        return new BackendState.Unknown(TIME, status, "{\"status\":\"" + status + "\",\"time\":\"" + TIME + "\"}");
    }

    /** Moves a backend by hand, over every status to this one. */
    static void move(JamsocketDevServer server, String backendId, String status) {
        LIFE.subList(0, LIFE.indexOf(status) + 1).forEach(each -> server.moveTo(backendId, of(each)));
    }

    /** Moves a backend one status on from this one. */
    static void moveOn(JamsocketDevServer server, String backendId, BackendState from) {
        int next = LIFE.indexOf(from.statusName()) + 1;
        if (next < LIFE.size()) {
            server.moveTo(backendId, of(LIFE.get(next)));
        }
    }
}
