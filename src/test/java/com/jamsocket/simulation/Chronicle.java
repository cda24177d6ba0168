package com.jamsocket.simulation;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import com.jamsocket.simulation.ModelBackend.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The states that a user has heard of, and whether they are those that it should have. */
final class Chronicle {

    /** How long a state waits for those before it where no replay has told anything before. */
    private static final Duration HOLD = Duration.ofMillis(1900);

    /** How long it waits where nothing keeps a replay from coming, and how long at most. */
    private static final Duration LONGEST_HOLD = Duration.ofMillis(2500);

    private static final Duration PATIENCE = Duration.ofSeconds(91);

    /** How soon a stream takes up what the status has told: it gives its connection a second, and asks again. */
    private static final Duration TAKEN_UP = Duration.ofSeconds(6);

    /** What is read but not yet told. */
    private static final Duration MOMENT = Duration.ofMillis(400);

    /** For so long a stream may wait before it connects again, and cannot be opened anew at once. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private final Scene scene;
    private final View view;
    private final List<Heard> heard = new ArrayList<>();

    private record Heard(BackendState state, Duration at) {}

    Chronicle(Scene scene, View view) {
        this.scene = scene;
        this.view = view;
    }

    /** Takes a state down; the order and that it is true is judged at once. */
    void add(BackendState state) {
        scene.tally().count(Transition.STATE_DELIVERED);
        String name = state.statusName();
        for (Heard before : heard) {
            if (before.state.statusName().equals(name)) {
                scene.problems().add(view.id() + " heard twice of " + name);
            } else if (before.state.status().isAfter(state.status())) {
                scene.problems().add(view.id() + " heard of " + name + " after " + before.state.statusName());
            }
        }
        if (history().stream().noneMatch(told -> told.name().equals(name))) {
            scene.problems().add(view.id() + " heard of " + name + ", which never was");
        }
        heard.add(new Heard(state, scene.now()));
    }

    boolean isEmpty() {
        return heard.isEmpty();
    }

    boolean endsWith(BackendStatus status) {
        return !heard.isEmpty() && heard.get(heard.size() - 1).state.status() == status;
    }

    private List<Told> history() {
        return view.backend().history();
    }

    /** Judges that nothing was left out which the server still had when it was asked. */
    void judgeCompleteness(StreamEnd end) {
        Heard before = null;
        for (Heard each : heard) {
            if (each.state.status() != BackendStatus.UNKNOWN) {
                judge(before == null ? null : before.state.status(), each, end);
                if (isOnTime()) {
                    judgeHold(before, each);
                }
                before = each;
            }
        }
    }

    private boolean isOnTime() {
        return scene.prompt()
                && scene.server().engine() != Engine.API
                && !scene.weather().brings(Fault.PROCESS_STALL);
    }

    /** Judges that a state has waited for those before it, but not for longer than it may. */
    private void judgeHold(@Nullable Heard before, Heard each) {
        Duration held = each.at.minus(streamArrival(each).orElse(each.at));
        Duration limit = isDisturbed(each, held) ? PATIENCE : LONGEST_HOLD;
        String told = view.id() + " was told of " + each.state.statusName();
        scene.problems().require(held.compareTo(limit) <= 0, told + " only after " + held);
        Duration behind = each.at.minus(comparison(before, each));
        scene.problems()
                .require(
                        behind.compareTo(PATIENCE.plus(TAKEN_UP)) <= 0,
                        told + " when the status had been ahead for " + behind);
    }

    /** Since when the status was ahead of all that had been told, on a stream. */
    private Duration comparison(@Nullable Heard before, Heard each) {
        if (view.openings().isEmpty()) {
            return each.at;
        }
        Duration since = before == null ? view.openings().get(0).at() : before.at;
        return view.arrivals().stream()
                .filter(arrival -> arrival.stream() == null
                        && arrival.at().compareTo(since) >= 0
                        && isAhead(arrival.told().status(), before))
                .map(View.Arrival::at)
                .findFirst()
                .filter(at -> at.compareTo(each.at) < 0)
                .orElse(each.at);
    }

    /** An unknown status has no place among the others, so that it is ahead of none. */
    private static boolean isAhead(BackendStatus status, @Nullable Heard before) {
        return before == null ? status != BackendStatus.UNKNOWN : status.isAfter(before.state.status());
    }

    private void judge(@Nullable BackendStatus before, Heard each, StreamEnd end) {
        boolean replays = scene.server().engine() != Engine.API;
        // What waits for others is told before an end.
        boolean last = heard.indexOf(each) == heard.size() - 1 && !(end instanceof StreamEnd.Terminated);
        for (Told told : history()) {
            if (each.state.status().isAfter(told.status())
                    && (before == null || told.status().isAfter(before))) {
                judgeLoss(told, each, replays && !last && !isDirectStep(before, each.state));
            }
        }
    }

    private boolean isDisturbed(Heard state, Duration held) {
        Duration came = state.at.minus(held);
        return view.isDisturbed(came.minus(RECOVERY), state.at)
                || scene.server().seemsDown(came, state.at);
    }

    private void judgeLoss(Told lost, Heard later, boolean isGap) {
        scene.tally().count(Transition.STATE_LOST);
        if (!scene.prompt()) {
            return;
        }
        Duration until = later.at.minus(MOMENT);
        boolean came = view.arrivals().stream()
                .anyMatch(arrival -> arrival.told().equals(lost)
                        && (arrival.isHeard() || isLast(arrival))
                        && !isOvertaken(arrival)
                        && arrival.at().compareTo(until) < 0);
        scene.problems().require(!came, view.id() + " was not told of " + lost.name() + ", which had come");
        if (isGap) {
            boolean stalled = scene.weather().brings(Fault.PROCESS_STALL);
            // After a stall all timers are due at once, also one for a state that only the status has told.
            Duration arrival =
                    stalled ? anyArrival(later) : streamArrival(later).orElseGet(() -> anyArrival(later));
            Duration held = later.at.minus(arrival);
            Duration forgotten = view.backend().forgottenAt();
            if (view.wasRefusedForGood() || (forgotten != null && forgotten.compareTo(later.at) < 0)) {
                return;
            }
            boolean disturbed = stalled || isDisturbed(later, held);
            scene.problems()
                    .require(
                            (held.compareTo(HOLD) >= 0 || wasReplayed(later)) && disturbed,
                            view.id() + " was told of " + later.state.statusName() + " after " + held + ", without "
                                    + lost.name());
        }
    }

    /** Whether one that is further came before it on its stream, on a server of which nothing more can be asked. */
    private boolean isOvertaken(View.Arrival arrival) {
        return scene.server().engine() == Engine.API
                && view.arrivals().stream()
                        .takeWhile(other -> !other.equals(arrival))
                        .anyMatch(other -> Objects.equals(other.stream(), arrival.stream())
                                && other.told().status().isAfter(arrival.told().status()));
    }

    /** Whether it is what its connection told last, and was left for: then it waits for what was before it. */
    private boolean isLast(View.Arrival arrival) {
        return arrival.stream() != null
                && view.arrivals().stream()
                        .filter(other -> Objects.equals(other.stream(), arrival.stream()))
                        .reduce((first, last) -> last)
                        .filter(arrival::equals)
                        .isPresent();
    }

    /** Whether two connections have told of a state, or of one after it, so that the second has told what it has. */
    private boolean wasReplayed(Heard state) {
        return view.arrivals().stream()
                        .filter(arrival -> arrival.stream() != null
                                && !state.state.status().isAfter(arrival.told().status())
                                && arrival.at().compareTo(state.at) <= 0)
                        .map(View.Arrival::stream)
                        .distinct()
                        .count()
                > 1;
    }

    /** Whether a backend goes from one status to the other without another between them, as a rule. */
    private static boolean isDirectStep(@Nullable BackendStatus before, BackendState state) {
        BackendStatus status = state.status();
        if (before == null) {
            return false;
        }
        if (before == BackendStatus.TERMINATING && state instanceof BackendState.Terminated end) {
            return end.kind() != TerminationKind.HARD;
        }
        if (status.isEnding()) {
            boolean byItself = state instanceof BackendState.Terminated end && end.reasonName() == null;
            return before.isEnding()
                    || (before == BackendStatus.READY && status != BackendStatus.TERMINATED)
                    || (byItself && before != BackendStatus.SCHEDULED);
        }
        return status.compareTo(before) > 0 && EnumSet.range(before, status).size() == 2;
    }

    private Optional<Duration> streamArrival(Heard state) {
        return arrivals(state)
                .filter(arrival -> arrival.stream() != null)
                .map(View.Arrival::at)
                .findFirst();
    }

    private Duration anyArrival(Heard state) {
        return arrivals(state).map(View.Arrival::at).findFirst().orElse(state.at);
    }

    private Stream<View.Arrival> arrivals(Heard state) {
        return view.arrivals().stream()
                .filter(arrival -> arrival.told().name().equals(state.state.statusName())
                        && arrival.at().compareTo(state.at) <= 0);
    }

    @Override
    public String toString() {
        return view.id()
                + heard.stream()
                        .map(each -> each.state.statusName() + "@" + each.at)
                        .toList();
    }
}
