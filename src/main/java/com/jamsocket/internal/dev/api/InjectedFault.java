package com.jamsocket.internal.dev.api;

import com.jamsocket.BackendStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong: {@code Fault} of the public API, part by part.
 *
 * @param kind what goes wrong
 * @param moment when
 * @param endpoint with which requests
 * @param times with how many of them
 * @param status the status of {@link Kind#ANSWER}
 * @param retryAfter the header Retry-After of {@link Kind#ANSWER}, or null
 * @param backendId the only backend whose requests are meant, or null for all
 * @param event the event of {@link Kind#DROP_EVENT}, or null
 */
public record InjectedFault(
        Kind kind,
        Moment moment,
        Endpoint endpoint,
        int times,
        int status,
        @Nullable Duration retryAfter,
        @Nullable String backendId,
        @Nullable BackendStatus event) {

    /** What goes wrong. */
    public enum Kind {
        REFUSE,
        RESET,
        END,
        STALL,
        HALF_EVENT,
        GARBAGE,
        ANSWER,
        HTML,
        SLOW,
        DROP_EVENT
    }

    /** When. */
    public enum Moment {
        HANDSHAKE,
        BEFORE_FIRST_EVENT,
        MID_EVENT,
        BETWEEN_EVENTS,
        AFTER_TERMINATED
    }

    /** With which requests. */
    public enum Endpoint {
        CONNECT,
        STATUS,
        STREAM,
        TERMINATE
    }

    /** Whether the event of this status is to be left out. */
    boolean drops(BackendStatus status) {
        return kind == Kind.DROP_EVENT && event == status;
    }

    InjectedFault at(Moment otherMoment) {
        return new InjectedFault(kind, otherMoment, endpoint, times, status, retryAfter, backendId, event);
    }

    InjectedFault times(int otherTimes) {
        return new InjectedFault(kind, moment, endpoint, otherTimes, status, retryAfter, backendId, event);
    }
}
