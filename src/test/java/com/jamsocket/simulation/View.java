package com.jamsocket.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one user of a backend was told by the server, and how: each has an id of its own for the same backend. */
final class View {

    /** What a server does that can be reached and answers. */
    private static final Set<Fault> SLIPS = EnumSet.of(
            Fault.DROPPED_EVENT,
            Fault.DUPLICATE_EVENT,
            Fault.REORDERED_EVENTS,
            Fault.GARBAGE_EVENT,
            Fault.RETRY_FIELD,
            Fault.STALE_STATUS,
            Fault.HTML_STATUS);

    /** What says that the server is down, for all streams of a client: an answer, of whatever kind, does not. */
    private static final Set<Fault> DOWN =
            EnumSet.of(Fault.REFUSED_CONNECTION, Fault.OUTAGE_REFUSED, Fault.OUTAGE_BLACK_HOLE);

    private final String id;
    private final ModelBackend backend;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<Opening> openings = new ArrayList<>();
    private int asked;
    private final List<Strike> strikes = new ArrayList<>();
    private boolean refusedForGood;
    private @Nullable Duration saidUnknownAt;

    /** A state that has come through as a whole, by a stream or in answer to a question. */
    record Arrival(ModelBackend.Told told, Duration at, @Nullable Exchange<?> stream) {

        private static final Duration MOMENT = Duration.ofMillis(200);

        /** Whether it came by a stream which the client was still listening to a moment later. */
        boolean isHeard() {
            return stream != null && stream.isListenedTo(at.plus(MOMENT));
        }
    }

    /** A fault that has hit this user alone. */
    record Strike(Fault fault, Duration at) {

        boolean isBetween(Duration from, Duration to) {
            return at.compareTo(from) >= 0 && at.compareTo(to) <= 0;
        }
    }

    record Opening(String lastEventId, Duration at) {}

    View(String id, ModelBackend backend) {
        this.id = id;
        this.backend = backend;
    }

    String id() {
        return id;
    }

    ModelBackend backend() {
        return backend;
    }

    void arrived(Arrival arrival) {
        arrivals.add(arrival);
    }

    void opened(Opening opening) {
        openings.add(opening);
    }

    void asked() {
        asked++;
    }

    void struck(Fault fault, Duration at) {
        strikes.add(new Strike(fault, at));
    }

    /** Whether, between two times, something has kept the server from being asked, or from answering in time. */
    boolean isDisturbed(Duration from, Duration to) {
        return strikes.stream().anyMatch(strike -> !SLIPS.contains(strike.fault) && strike.isBetween(from, to));
    }

    /** Whether, between two times, the server has seemed to be down. */
    boolean seemsDown(Duration from, Duration to) {
        return strikes.stream().anyMatch(strike -> DOWN.contains(strike.fault) && strike.isBetween(from, to));
    }

    void refusedForGood() {
        refusedForGood = true;
    }

    void saidUnknown(Duration at) {
        saidUnknownAt = at;
    }

    String story() {
        String history = backend.history().stream()
                .map(told -> told.name() + "@" + told.at())
                .collect(Collectors.joining(" "));
        String arrived = arrivals.stream()
                .map(arrival -> arrival.told.name() + "@" + arrival.at + (arrival.stream == null ? "?" : ""))
                .collect(Collectors.joining(" "));
        return "\n  " + id + ": " + history + "\n    openings " + openings + "\n    arrivals " + arrived
                + "\n    faults " + strikes;
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    List<Opening> openings() {
        return openings;
    }

    int questions() {
        return asked;
    }

    int faults() {
        return strikes.size();
    }

    boolean wasRefusedForGood() {
        return refusedForGood;
    }

    /** When the server has last said that it does not know the backend; null for never. */
    @Nullable
    Duration saidUnknownAt() {
        return saidUnknownAt;
    }
}
