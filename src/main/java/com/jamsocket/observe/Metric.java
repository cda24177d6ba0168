package com.jamsocket.observe;

import java.util.List;

/** What is measured. The names are public. */
enum Metric {
    CALLS("jamsocket.calls", Kind.TIMER, "Calls to the server, each with its retries", "operation", "outcome"),
    RETRIES("jamsocket.retries", Kind.COUNTER, "Attempts of calls after the first", "operation"),
    ACTIVE("jamsocket.calls.active", Kind.GAUGE, "Calls that have begun and not ended"),
    WAITING("jamsocket.calls.waiting", Kind.GAUGE, "Threads that have waited for over a second in a call"),
    QUEUED("jamsocket.calls.queued", Kind.GAUGE, "Calls of async() that wait for their turn"),
    STREAMS("jamsocket.streams", Kind.GAUGE, "Status streams that have not ended"),
    CONNECTED("jamsocket.streams.connected", Kind.GAUGE, "Status streams whose connection stands"),
    RECONNECTS("jamsocket.reconnects", Kind.COUNTER, "Lost connections of status streams"),
    ENDS("jamsocket.stream.ends", Kind.COUNTER, "Ends of status streams", "how"),
    STATES("jamsocket.states", Kind.COUNTER, "Statuses told by status streams", "status"),
    LAG("jamsocket.state.lag", Kind.TIMER, "From the server's time of a state to the listener"),
    PHASES("jamsocket.phases", Kind.TIMER, "How long backends were in a status", "status"),
    STARTS("jamsocket.starts", Kind.TIMER, "How long backends took from scheduled to ready"),
    FOLLOWED("jamsocket.followed", Kind.GAUGE, "Backends that are followed for observers"),
    EVENTS("jamsocket.events", Kind.COUNTER, "Events fired for observers", "type");

    /** How it is measured. */
    enum Kind {
        TIMER,
        COUNTER,
        GAUGE
    }

    private final String id;
    private final Kind kind;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> tags;

    Metric(String id, Kind kind, String description, String... tags) {
        this.id = id;
        this.kind = kind;
        this.description = description;
        this.tags = List.of(tags);
    }

    String id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    String description() {
        return description;
    }

    /** The names of its tags beside that of the client. */
    List<String> tags() {
        return tags;
    }
}
