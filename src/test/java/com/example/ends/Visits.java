package com.example.ends;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketException;
import com.jamsocket.TerminationKind;
import com.jamsocket.cdi.BackendFollower;
import com.jamsocket.cdi.BackendInfo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Connects, and terminates what it was told to. */
@ApplicationScoped
public class Visits {

    @Inject
    Jamsocket jamsocket;

    @Inject
    BackendFollower follower;

    @Inject
    Ends ends;

    /** Connects to the backend of a key, and terminates it then if that is its last visit. */
    public Visit visit(String key, boolean last) {
        Visit visit = new Visit();
        try {
            ConnectResponse response =
                    jamsocket.connect(ConnectRequest.builder().key(key).build());
            visit.backend = response.backendId();
            visit.spawned = response.spawned();
            if (last) {
                jamsocket.terminate(response.backendId(), TerminationKind.HARD);
            }
        } catch (JamsocketException e) {
            visit.failure = e.getClass().getSimpleName();
        }
        return visit;
    }

    /** Terminates what is followed and has not ended, those too whose answer came when its caller had given up. */
    public int terminateTheRest() {
        int failed = 0;
        for (BackendInfo left : follower.followed()) {
            if (!ends.isTold(left.backendId())) {
                try {
                    jamsocket.terminate(left.backendId(), TerminationKind.HARD);
                } catch (JamsocketException e) {
                    // It has ended, or ends with the server that forgot it.
                    failed++;
                }
            }
        }
        return failed;
    }

    /** How many backends are followed. */
    public int followed() {
        return follower.followed().size();
    }

    public Report report() {
        Report report = new Report();
        report.ends = ends.told();
        report.statesAfterAnEnd = ends.statesAfterAnEnd();
        report.followed = followed();
        report.diagnostics = jamsocket.diagnostics().toString();
        return report;
    }
}
