package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.spi.BeanContainer;
import java.time.Instant;
import java.util.List;

/** The events of the application for the states of backends. */
final class StateEvents {

    /** One state of each variant: containers find the observers of an event by the event itself. */
    static final List<BackendState> VARIANTS = List.of(
            BackendState.ready(Instant.EPOCH),
            BackendState.terminated(Instant.EPOCH),
            BackendState.scheduled(Instant.EPOCH),
            BackendState.loading(Instant.EPOCH),
            BackendState.starting(Instant.EPOCH),
            BackendState.waiting(Instant.EPOCH),
            BackendState.terminating(Instant.EPOCH, null),
            BackendState.hardTerminating(Instant.EPOCH, null),
            BackendState.unknown(Instant.EPOCH, "unknown", "{}"));

    private final BeanContainer container;
    private final Event<BackendState> events;
    private final ContainerContext context;
    private final NotificationOptions options;

    StateEvents(
            BeanContainer container, Event<BackendState> events, ContainerContext context, ObserverExecutor observers) {
        this.container = container;
        this.events = events;
        this.context = context;
        this.options = NotificationOptions.ofExecutor(observers);
    }

    /** Whether the application has an observer that could receive a state of the backend. */
    boolean areObserved(String backendId) {
        Backend backend = Backend.Literal.of(backendId);
        return VARIANTS.stream()
                .anyMatch(state ->
                        !container.resolveObserverMethods(state, backend).isEmpty());
    }

    /** The events of one backend. */
    BackendEvents forBackend(String backendId) {
        return new BackendEvents(backendId, events.select(Backend.Literal.of(backendId)), context, options);
    }
}
