package com.jamsocket.test;

import com.jamsocket.BackendStatus;
import com.jamsocket.dev.Fault;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A {@link Fault} that the server of a {@link JamsocketTest} has from the beginning of the test on. Several strike in
 * their order, those of the class before those of the method.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(InjectFault.All.class)
public @interface InjectFault {

    /** What goes wrong. */
    Fault.Kind value();

    /** With which requests. */
    Fault.Endpoint on() default Fault.Endpoint.STREAM;

    /** When. */
    Fault.Moment at() default Fault.Moment.HANDSHAKE;

    /** With how many requests. */
    int times() default 1;

    /** The HTTP status of {@link Fault.Kind#ANSWER}. */
    int status() default 503;

    /** The header Retry-After of {@link Fault.Kind#ANSWER}, in seconds; negative for none. */
    int retryAfterSeconds() default -1;

    /** The status whose event {@link Fault.Kind#DROP_EVENT} leaves out; unknown for other kinds. */
    BackendStatus event() default BackendStatus.UNKNOWN;

    /** Several. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface All {

        /** The faults, in their order. */
        InjectFault[] value();
    }
}
