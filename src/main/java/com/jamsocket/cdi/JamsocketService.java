package com.jamsocket.cdi;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.io.Serial;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;

/**
 * Chooses one of several clients by its name: {@code @Inject @JamsocketService("docs") Jamsocket docs}. The client is
 * set up by the settings {@code jamsocket.clients.docs.…}, made when it is first used and shared by all injection
 * points of the application that name it. Missing or wrong settings show at that first use, as a
 * {@link com.jamsocket.JamsocketConfigurationException}.
 *
 * <p>Looked up by hand it is
 * {@code instance.select(JamsocketService.Literal.of("docs")).get()}, where {@code instance} is an injected
 * {@code @Any Instance<Jamsocket>}; lookups that do not start at an injection point lose the name on some containers
 * and are refused there.
 *
 * <p>The name is no binding member: to the container all named clients are one bean. So the qualifier is for injection
 * only, of {@link com.jamsocket.Jamsocket} and of {@link BackendFollower}. Events do not carry it, because an observer
 * that asked for one name would receive the events of all; observe {@link FromClient} instead. An observer with this
 * qualifier is never called, of which a {@code WARNING} tells at the start.
 *
 * <p>Source: Jakarta CDI 4.0, "Qualifier types with members" and "Injection point metadata".
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({FIELD, PARAMETER, METHOD, TYPE})
public @interface JamsocketService {

    /** The name of the client; not blank. */
    @Nonbinding
    String value();

    /** The qualifier as an object, for lookups. Immutable. */
    final class Literal extends AnnotationLiteral<JamsocketService> implements JamsocketService {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** The qualifier for a client's name. */
        public static Literal of(String name) {
            return new Literal(Objects.requireNonNull(name, "name"));
        }

        @Override
        public String value() {
            return value;
        }
    }
}
