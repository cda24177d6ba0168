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
            new BackendState.Ready(Instant.EPOCH),
            new BackendState.Terminated(Instant.EPOCH, null, null, null),
            new BackendState.Scheduled(Instant.EPOCH),
            new BackendState.Loading(Instant.EPOCH),
            new BackendState.Starting(Instant.EPOCH),
            new BackendState.Waiting(Instant.EPOCH),
            new BackendState.Terminating(Instant.EPOCH, null, null),
            new BackendState.HardTerminating(Instant.EPOCH, null, null),
            new BackendState.Unknown(Instant.EPOCH, "unknown", "{}"));

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
