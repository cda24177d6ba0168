package com.jamsocket.dev;

import com.jamsocket.BackendStatus;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.dev.api.InjectedFault;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong, once it is given to {@link JamsocketDevServer#inject(Fault)}: what, when, with which
 * requests and how often. Immutable. A fault that was only just made strikes the handshake of the next stream.
 *
 * @param kind what goes wrong
 * @param moment when
 * @param endpoint with which requests
 * @param times with how many of them
 * @param status the HTTP status of {@link Kind#ANSWER}, from 200 to 599
 * @param retryAfter the header Retry-After of {@link Kind#ANSWER}, or null
 * @param backendId the only backend whose requests are meant, or null for all
 * @param event the status whose event {@link Kind#DROP_EVENT} leaves out; null for other kinds
 */
public record Fault(
        Kind kind,
        Moment moment,
        Endpoint endpoint,
        int times,
        int status,
        @Nullable Duration retryAfter,
        @Nullable String backendId,
        @Nullable BackendStatus event) {

    /** Validates what is given. */
    public Fault {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(moment, "moment");
        Objects.requireNonNull(endpoint, "endpoint");
        Values.requirePositive(times, "times");
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("no HTTP status for an answer: " + status);
        }
        if ((kind == Kind.DROP_EVENT) != (event != null) || (event != null && endpoint != Endpoint.STREAM)) {
            throw new IllegalArgumentException("the event of a status is dropped from streams, by dropEvent(status)");
        }
    }

    /** What goes wrong. */
    public enum Kind {
        /** The connection is reset, and for a fifth of a second the port refuses new ones. */
        REFUSE,
        /** The connection is reset. */
        RESET,
        /** The connection is ended in good order. */
        END,
        /** Nothing more is sent; the connection stays. */
        STALL,
        /** Half an event is sent, then the connection is ended. */
        HALF_EVENT,
        /** JSON is sent that is none; then everything goes on. */
        GARBAGE,
        /** An answer other than the right one. Where the answer has begun already, it is the next request's. */
        ANSWER,
        /** A page of HTML with status 200. Where the answer has begun already, it is the next request's. */
        HTML,
        /** From now on bytes are sent one by one. */
        SLOW,
        /**
         * The event of one status is left out. Everything else comes, and the stream goes on with keepalives, in the
         * Jamsocket dialect too. Whenever it strikes, that is all.
         */
        DROP_EVENT
    }

    /** When a fault strikes. */
    public enum Moment {
        /** When the request has arrived, before it is carried out. */
        HANDSHAKE,
        /** When the request has been carried out, before it is answered; on a stream, after the head of the answer. */
        BEFORE_FIRST_EVENT,
        /** On a stream, in the middle of the first event. */
        MID_EVENT,
        /** On a stream, after the first event. */
        BETWEEN_EVENTS,
        /** On a stream, after the event of the last state. */
        AFTER_TERMINATED
    }

    /** The kinds of requests. */
    public enum Endpoint {
        /** For a backend. */
        CONNECT,
        /** For a state. */
        STATUS,
        /** For a stream of states. */
        STREAM,
        /** To end a backend. */
        TERMINATE
    }

    /** See {@link Kind#REFUSE}. */
    public static Fault refuse() {
        return of(Kind.REFUSE);
    }

    /** See {@link Kind#RESET}. */
    public static Fault reset() {
        return of(Kind.RESET);
    }

    /** See {@link Kind#END}. */
    public static Fault end() {
        return of(Kind.END);
    }

    /** See {@link Kind#STALL}. */
    public static Fault stall() {
        return of(Kind.STALL);
    }

    /** See {@link Kind#HALF_EVENT}. */
    public static Fault halfEvent() {
        return of(Kind.HALF_EVENT);
    }

    /** See {@link Kind#GARBAGE}. */
    public static Fault garbage() {
        return of(Kind.GARBAGE);
    }

    /** See {@link Kind#ANSWER}. */
    public static Fault answer(int status) {
        return new Fault(Kind.ANSWER, Moment.HANDSHAKE, Endpoint.STREAM, 1, status, null, null, null);
    }

    /** See {@link Kind#HTML}. */
    public static Fault html() {
        return of(Kind.HTML);
    }

    /** See {@link Kind#SLOW}. */
    public static Fault slow() {
        return of(Kind.SLOW);
    }

    /** The event of this status is left out of a stream that goes on; see {@link Kind#DROP_EVENT}. */
    public static Fault dropEvent(BackendStatus status) {
        Objects.requireNonNull(status, "status");
        return new Fault(Kind.DROP_EVENT, Moment.HANDSHAKE, Endpoint.STREAM, 1, 200, null, null, status);
    }

    private static Fault of(Kind kind) {
        return new Fault(kind, Moment.HANDSHAKE, Endpoint.STREAM, 1, 200, null, null, null);
    }

    /** The same at another moment. */
    public Fault at(Moment moment) {
        return new Fault(kind, moment, endpoint, times, status, retryAfter, backendId, event);
    }

    /** The same with other requests. */
    public Fault on(Endpoint endpoint) {
        return new Fault(kind, moment, endpoint, times, status, retryAfter, backendId, event);
    }

    /** The same so many times. */
    public Fault times(int times) {
        return new Fault(kind, moment, endpoint, times, status, retryAfter, backendId, event);
    }

    /** The same with the header Retry-After, in whole seconds. */
    public Fault retryAfter(Duration delay) {
        return new Fault(kind, moment, endpoint, times, status, delay, backendId, event);
    }

    /** The same with the requests of one backend only. */
    public Fault forBackend(String backendId) {
        return new Fault(kind, moment, endpoint, times, status, retryAfter, backendId, event);
    }

    InjectedFault injected() {
        return new InjectedFault(
                InjectedFault.Kind.valueOf(kind.name()),
                InjectedFault.Moment.valueOf(moment.name()),
                InjectedFault.Endpoint.valueOf(endpoint.name()),
                times,
                status,
                retryAfter,
                backendId,
                event);
    }
}
