package com.jamsocket.cdi;

import static com.jamsocket.testkit.States.READY;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.internal.cdi.ApplicationScan;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.EventMetadata;
import org.junit.jupiter.api.Test;

/** An event is resolved once, and not for each backend, where nobody can tell the difference. */
class EventChannelTest {

    @Test
    void allBackendsShareAnEventWhereNobodyAsksForTheirIds() {
        try (SeContainer container = Containers.start(OfAll.class)) {
            EventChannel states = channel(
                    container, READY, container.select(ApplicationScan.class).get());

            assertThat(event(states, "b1")).isSameAs(event(states, "b2"));
            assertThat(states.isObserved()).isTrue();
            assertThat(states.mayBeSynchronous()).isTrue();
            assertThat(states.mayBeAsynchronous()).isFalse();
        }
    }

    @Test
    void theIdIsThereForAnObserverOfOneBackend() {
        try (SeContainer container = Containers.start(OfOne.class)) {
            EventChannel states = channel(
                    container, READY, container.select(ApplicationScan.class).get());

            assertThat(event(states, "b1")).isNotSameAs(event(states, "b2"));
            assertThat(states.isObserved()).isFalse();
            assertThat(states.isObserved("b1")).isTrue();
            assertThat(states.isObserved("b2")).isFalse();
        }
    }

    @Test
    void theIdIsThereForAnObserverOfAnythingThatReadsQualifiers() {
        try (SeContainer container = Containers.start(OfAnything.class)) {
            ApplicationScan scan = container.select(ApplicationScan.class).get();

            assertThat(event(channel(container, READY, scan), "b1"))
                    .isNotSameAs(event(channel(container, READY, scan), "b2"));
        }
    }

    @Test
    void theIdIsThereWhereNothingIsKnownOfTheObservers() {
        try (SeContainer container = Containers.start(OfAll.class)) {
            EventChannel states = channel(container, READY, null);

            assertThat(event(states, "b1")).isNotSameAs(event(states, "b2"));
        }
    }

    @Test
    void knowsTheThreadsOfItsObservers() {
        try (SeContainer container = Containers.start(Later.class)) {
            EventChannel states = channel(
                    container, READY, container.select(ApplicationScan.class).get());

            assertThat(states.mayBeSynchronous()).isFalse();
            assertThat(states.mayBeAsynchronous()).isTrue();
        }
    }

    private static EventChannel channel(SeContainer container, Object sample, ApplicationScan scan) {
        Event<Object> events = container.getBeanManager().getEvent();
        return new EventChannel(container.getBeanManager(), events, FromClient.Literal.of(""), sample, scan);
    }

    private static Event<Object> event(EventChannel channel, String backendId) {
        return channel.of(Backend.Literal.of(backendId));
    }

    @ApplicationScoped
    static class OfAll {
        void on(@Observes BackendState state) {}

        void onOther(@Observes @Backend("b1") BackendEnd end) {}
    }

    @ApplicationScoped
    static class OfOne {
        void on(@Observes @Backend("b1") BackendState.Ready state) {}
    }

    @ApplicationScoped
    static class OfAnything {
        void on(@Observes Record event, EventMetadata metadata) {}
    }

    @ApplicationScoped
    static class Later {
        void on(@ObservesAsync BackendState state) {}
    }
}
