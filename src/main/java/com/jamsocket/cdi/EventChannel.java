package com.jamsocket.cdi;

import com.jamsocket.internal.cdi.ApplicationScan;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of one type for one client. Who observes them is looked up once: containers resolve, and some keep, every
 * combination of qualifiers anew, so that an event carries the id of its backend as a qualifier only where an observer
 * can see it.
 */
final class EventChannel {

    private final BeanContainer container;
    private final Object sample;
    private final FromClient client;
    private final Event<Object> event;
    private final boolean chosenById;
    private final boolean carriesId;
    private final boolean synchronous;
    private final boolean asynchronous;

    /**
     * A channel.
     *
     * @param sample an event of the type: containers find observers by the event itself
     * @param scan what is known of the observers; null for nothing
     */
    EventChannel(
            BeanContainer container,
            Event<Object> events,
            FromClient client,
            Object sample,
            @Nullable ApplicationScan scan) {
        this.container = container;
        this.sample = sample;
        this.client = client;
        this.event = events.select(client);
        this.chosenById = scan == null || scan.isChosenBy(Backend.class, sample.getClass());
        this.carriesId = chosenById || Objects.requireNonNull(scan).readsMetadata(sample.getClass());
        Set<ObserverMethod<? super Object>> observers = container.resolveObserverMethods(sample, client);
        this.synchronous = observers.stream().anyMatch(observer -> !observer.isAsync());
        this.asynchronous = observers.stream().anyMatch(ObserverMethod::isAsync);
    }

    /** Whether an observer receives the events of all backends. */
    boolean isObserved() {
        return synchronous || asynchronous;
    }

    /** Whether an observer receives the events of this backend. */
    boolean isObserved(String backendId) {
        return isObserved()
                || (chosenById
                        && !container
                                .resolveObserverMethods(sample, client, Backend.Literal.of(backendId))
                                .isEmpty());
    }

    /** Whether there may be observers that are called by the thread which fires. */
    boolean mayBeSynchronous() {
        return synchronous || chosenById;
    }

    /** Whether there may be observers that are called by other threads. */
    boolean mayBeAsynchronous() {
        return asynchronous || chosenById;
    }

    /** For firing an event of a backend. */
    Event<Object> of(Annotation backend) {
        return carriesId ? event.select(backend) : event;
    }
}
