package com.example.documents;

import com.jamsocket.BackendState;
import com.jamsocket.cdi.Backend;
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

    private void add(String observer, BackendState state, EventMetadata event) {
        Observation observation = Observation.here(observer);
        observation.backend = Backend.Id.of(event);
        observation.status = state.statusName();
        observation.requestContext = requestContextIsActive();
        entries.add(new Entry(observation.backend, state, observation));
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
