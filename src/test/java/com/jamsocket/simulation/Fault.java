package com.jamsocket.simulation;

/** What goes wrong in a run. */
enum Fault {
    // With any request.
    REFUSED_CONNECTION,
    RESET_BEFORE_HEAD,
    BLACK_HOLE,
    SLOW_ANSWER,
    ROUTER_404,
    BAD_GATEWAY,
    INTERNAL_ERROR,
    UNAVAILABLE_RETRY_AFTER,
    TOO_MANY_RETRY_DATE,
    REDIRECT,

    // With an answer of one body.
    HALF_BODY,
    TRICKLED_BODY,
    STALE_STATUS,
    HTML_STATUS,

    // With a stream.
    CUT,
    END_OF_STREAM,
    STALL,
    DROPPED_EVENT,
    DUPLICATE_EVENT,
    REORDERED_EVENTS,
    GARBAGE_EVENT,
    TRICKLED_STREAM,
    BUFFERING_PROXY,
    RETRY_FIELD,

    // What ends a stream for good.
    UNAUTHORIZED_STREAM,
    HTML_STREAM,
    NO_CONTENT_STREAM,
    OVERSIZED_EVENT,

    // Of the server as a whole.
    OUTAGE_REFUSED,
    OUTAGE_BLACK_HOLE,
    OUTAGE_UNAVAILABLE,
    FORGOTTEN_BACKEND,
    LATE_LEARNER,

    // Of the machine that the client runs on.
    CLOCK_JUMP,
    PROCESS_STALL,

    // Of the application.
    SLOW_CALLBACKS,
    BLOCKED_CALLBACKS,
    THROWING_LISTENER,
    CLOSED_STREAM,
    CLOSED_IN_CALLBACK,
    CLOSED_CLIENT,
    CANCELLED_STAGE
}
