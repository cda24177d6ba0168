package com.jamsocket.cdi;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;

import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.io.Serial;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;

/**
 * The backend that an event is about: {@code @Observes BackendState} receives the states of all backends,
 * {@code @Observes @Backend("b1") BackendState} those of one. {@link BackendEvent}, {@link BackendEnd} and
 * {@link BackendExpiring} and {@link BackendDraining} can be observed in the same way.
 *
 * <p>An observer of all backends learns the id from a {@link BackendEvent}, which costs the container least, or from
 * the metadata of the event:
 *
 * <pre>{@code
 * void on(@Observes BackendState state, EventMetadata metadata) {
 *     log(Backend.Id.of(metadata), state);
 * }
 * }</pre>
 *
 * <p>Source: Jakarta CDI 4.0, "Event qualifier types".
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({PARAMETER, FIELD, METHOD})
public @interface Backend {

    /** The id of the backend, as in {@link com.jamsocket.ConnectResponse#backendId()}. */
    String value();

    /** Reads the qualifier of an event. */
    final class Id {

        private Id() {}

        /**
         * The id of the backend that an event is about.
         *
         * @throws IllegalArgumentException if the event has no such qualifier, which is so only for events fired by the
         *     application itself
         */
        public static String of(EventMetadata metadata) {
            return metadata.getQualifiers().stream()
                    .filter(Backend.class::isInstance)
                    .map(qualifier -> ((Backend) qualifier).value())
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the event has no @Backend qualifier: " + metadata.getQualifiers()));
        }
    }

    /** The qualifier as an object, for lookups and for firing events in an application's tests. Immutable. */
    final class Literal extends AnnotationLiteral<Backend> implements Backend {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** The qualifier for a backend. */
        public static Literal of(String backendId) {
            return new Literal(Objects.requireNonNull(backendId, "backendId"));
        }

        @Override
        public String value() {
            return value;
        }
    }
}
