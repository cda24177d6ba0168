package com.jamsocket.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.jamsocket.BackendState;
import com.jamsocket.testkit.States;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.EventMetadata;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendTest {

    @Test
    void literalsEqualTheAnnotation() throws NoSuchMethodException {
        Backend backend = Observer.class
                .getDeclaredMethod("annotated", BackendState.class)
                .getParameters()[0]
                .getAnnotation(Backend.class);
        assertThat(Backend.Literal.of("b1")).isEqualTo(backend).hasSameHashCodeAs(backend);
        assertThat(Backend.Literal.of("b2")).isNotEqualTo(backend);
        assertThat(JamsocketService.Literal.of("docs").value()).isEqualTo("docs");
        assertThatNullPointerException().isThrownBy(() -> Backend.Literal.of(null));
        assertThatNullPointerException().isThrownBy(() -> JamsocketService.Literal.of(null));
    }

    @Test
    void idIsThatOfTheEventAndMissingFromEventsOfOthers() {
        try (SeContainer container = Containers.start(Observer.class)) {
            Event<Object> events = container.getBeanContainer().getEvent();
            events.select(BackendState.class, Backend.Literal.of("b1")).fire(States.READY);
            assertThat(container.select(Observer.class).get().ids()).containsExactly("b1");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> events.select(BackendState.class).fire(States.READY))
                    .withMessageContaining("@Backend");
        }
    }

    @ApplicationScoped
    static class Observer {
        private final List<String> ids = new ArrayList<>();

        void on(@Observes BackendState state, EventMetadata metadata) {
            ids.add(Backend.Id.of(metadata));
        }

        void annotated(@Backend("b1") BackendState state) {}

        List<String> ids() {
            return ids;
        }
    }
}
