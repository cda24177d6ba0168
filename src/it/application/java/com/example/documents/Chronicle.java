package com.example.documents;

import com.jamsocket.BackendState;
import com.jamsocket.cdi.Backend;
import com.jamsocket.cdi.BackendDraining;
import com.jamsocket.cdi.BackendEnd;
import com.jamsocket.cdi.BackendEvent;
import com.jamsocket.cdi.BackendExpiring;
import com.jamsocket.cdi.FromClient;
import com.jamsocket.cdi.JamsocketService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what its observers are told. */
@ApplicationScoped
public class Chronicle {

    private record Entry(String backend, BackendState state, Observation observation) {}

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    @Inject
    RequestNumber request;

    void any(@Observes BackendState state, EventMetadata event) {
        add("any", state, event);
    }

    void ready(@Observes BackendState.Ready state, EventMetadata event) {
        add("ready", state, event);
    }

    void lobby(@Observes @Backend("lobby") BackendState state, EventMetadata event) {
        add("lobby", state, event);
    }

    void later(@ObservesAsync BackendState state, EventMetadata event) {
        add("later", state, event);
    }

    void unnamed(@Observes @FromClient("") BackendEvent event) {
        String known = event.backend().key() + " of " + event.backend().user() + " "
                + event.backend().labels() + (event.backend().startedHere() ? " started here" : "")
                + (event.history() ? " history" : "");
        add("unnamed", event.backendId(), event.state().statusName(), event.state(), known);
    }

    void rooms(@Observes @FromClient("rooms") BackendEvent event) {
        add(
                "rooms",
                event.backendId(),
                event.state().statusName(),
                event.state(),
                event.backend().drone());
    }

    void roomStates(@Observes @FromClient("rooms") BackendState state, EventMetadata event) {
        add("roomStates", state, event);
    }

    /** Never called: a name is no binding member of this qualifier, which is for injection. */
    void misled(@Observes @JamsocketService("rooms") BackendState state, EventMetadata event) {
        add("misled", state, event);
    }

    void end(@Observes BackendEnd end) {
        add("end", end.backendId(), end.how().getClass().getSimpleName(), end.lastState());
    }

    void roomEnds(@Observes @FromClient("rooms") BackendEnd end) {
        add("roomEnds", end.backendId(), end.how().getClass().getSimpleName(), end.lastState());
    }

    void expiring(@Observes BackendExpiring event) {
        add("expiring", event.backendId(), event.backend().key(), null);
    }

    void draining(@Observes @FromClient("rooms") BackendDraining event) {
        add("draining", event.backendId(), event.drone(), null);
    }

    private void add(String observer, BackendState state, EventMetadata event) {
        add(observer, Backend.Id.of(event), state.statusName(), state);
    }

    private void add(String observer, String backend, String status, BackendState state) {
        add(observer, backend, status, state, null);
    }

    /** Whole, for whoever asks may see it at once. */
    private void add(String observer, String backend, String status, BackendState state, String known) {
        Observation observation = Observation.here(observer);
        observation.backend = backend;
        observation.status = status;
        observation.known = known;
        observation.requestContext = requestContextIsActive();
        entries.add(new Entry(backend, state, observation));
    }

    private boolean requestContextIsActive() {
        try {
            return request.number() > 0;
        } catch (ContextNotActiveException e) {
            return false;
        }
    }

    List<BackendState> history(String backend) {
        return entries.stream()
                .filter(entry -> entry.backend().equals(backend))
                .filter(entry -> entry.observation().observer.equals("any"))
                .map(Entry::state)
                .toList();
    }

    List<Observation> observed(String backend) {
        return entries.stream()
                .filter(entry -> entry.backend().equals(backend))
                .map(Entry::observation)
                .toList();
    }
}
