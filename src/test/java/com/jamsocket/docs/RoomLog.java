package com.jamsocket.docs;

// snippet: observers
import com.jamsocket.BackendState;
import com.jamsocket.StreamEnd;
import com.jamsocket.cdi.BackendEnd;
import com.jamsocket.cdi.BackendEvent;
import com.jamsocket.cdi.BackendExpiring;
import com.jamsocket.cdi.FromClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;

@ApplicationScoped
public class RoomLog {

    void state(@Observes @FromClient("rooms") BackendEvent event) {
        if (!event.history()) {
            log(event.backend().key() + " is " + event.state().statusName());
        }
    }

    void end(@Observes @FromClient("rooms") BackendEnd end) {
        boolean crashed = end.how() instanceof StreamEnd.Terminated terminated
                && Boolean.TRUE.equals(terminated.state().exitError());
        log(end.backend().key() + (crashed ? " has crashed" : end.isGone() ? " is gone" : " is not followed any more"));
    }

    void expiring(@Observes BackendExpiring event) {
        log(event.backendId() + " ends at " + event.time());
    }

    void slow(@ObservesAsync BackendState.Ready state) {
        // What takes its time delays nobody here.
    }

    private static void log(String line) {
        System.out.println(line);
    }
}
// end
