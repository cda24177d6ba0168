package com.jamsocket.cdi;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.io.Serial;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;

/**
 * The client that an event comes from. Every event of an injected client carries it: {@code @Observes BackendEvent}
 * receives the events of all clients, {@code @Observes @FromClient("rooms") BackendEvent} those of one,
 * {@code @Observes @FromClient("") BackendEvent} those of the client without a name.
 *
 * <p>It is for events, {@link JamsocketService} for injection: an observer cannot choose by the latter, for its name is
 * no binding member.
 *
 * <p>Source: Jakarta CDI 4.0, "Event qualifier types with members".
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({PARAMETER, FIELD, METHOD})
public @interface FromClient {

    /** The name of the client; empty for the client without a name. */
    String value();

    /** The qualifier as an object, for firing events in an application's tests. Immutable. */
    final class Literal extends AnnotationLiteral<FromClient> implements FromClient {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** The qualifier for a client's name; empty for the client without a name. */
        public static Literal of(String name) {
            return new Literal(Objects.requireNonNull(name, "name"));
        }

        @Override
        public String value() {
            return value;
        }
    }
}
