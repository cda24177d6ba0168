package com.jamsocket.internal.dev.cluster;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.TerminationKind;
import com.jamsocket.TerminationReason;
import com.jamsocket.internal.dev.cluster.Backend.Timer;
import com.jamsocket.internal.dev.cluster.ClusterException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a cluster promises, said plainly: lists that are gone through from one end to the other. */
final class ClusterModel {

    final List<Life> lives = new ArrayList<>();
    final Map<List<String>, Life> holders = new HashMap<>();
    final Map<Token, Life> tokens = new LinkedHashMap<>();
    final List<Alarm> alarms = new ArrayList<>();
    final List<Map.Entry<String, BackendState>> changes = new ArrayList<>();
    Instant now;
    boolean draining;
    private final @Nullable Duration step;

    /** What comes of a backend at a time. */
    record Alarm(Life life, Timer timer, Instant at, Runnable task) {}

    /** What is to be said of a backend. */
    static final class Life {
        final Backend backend;
        final ConnectSpec spec;
        final List<BackendState> history = new ArrayList<>();
        Instant idleSince;
        int openRequests;
        boolean forgotten;

        @Nullable
        Integer exitCode;

        private Life(Backend backend, ConnectSpec spec, Instant now) {
            this.backend = backend;
            this.spec = spec;
            this.idleSince = now;
        }

        /** Its last state but for those that have no place in the order. */
        private BackendState place() {
            return history.stream()
                    .filter(state -> state.status() != BackendStatus.UNKNOWN)
                    .reduce(history.get(0), (first, second) -> second);
        }

        boolean isOver() {
            return place().status().isTerminal();
        }

        /** Where in the history somebody goes on who knows this status, and so what was before. */
        int after(@Nullable BackendStatus known) {
            int next = 0;
            for (int i = 0; known != null && i < history.size(); i++) {
                BackendStatus past = history.get(i).status();
                next = past == known || known.isAfter(past) ? i + 1 : next;
            }
            return next;
        }
    }

    ClusterModel(@Nullable Duration step, Instant now) {
        this.step = step;
        this.now = now;
    }

    /** Empty if there is none. */
    private static List<String> key(ConnectSpec spec) {
        return spec.key() == null ? List.of() : List.of(spec.namespace(), spec.key());
    }

    Stream<Life> known() {
        return lives.stream().filter(life -> !life.forgotten);
    }

    /** How many have had the key of this one before. */
    int restarts(Life life) {
        return (int) lives.subList(0, lives.indexOf(life)).stream()
                .filter(other -> other.spec.key() != null && key(other.spec).equals(key(life.spec)))
                .count();
    }

    Stream<Token> tokensOf(Life life) {
        return tokens.keySet().stream().filter(token -> tokens.get(token) == life);
    }

    /** The first of these that will come, or null. */
    @Nullable
    Alarm first(Predicate<Alarm> which) {
        return alarms.stream()
                .filter(which)
                .min(Comparator.comparing(Alarm::at))
                .orElse(null);
    }

    /** Why nobody can connect so; null if one can. */
    @Nullable
    Reason refusal(ConnectSpec spec) {
        Life holder = holders.get(key(spec));
        if (holder != null) {
            return holder.spec.keyTag().equals(spec.keyTag()) ? null : Reason.KEY_HELD;
        }
        if (!spec.spawn()) {
            return Reason.KEY_UNHELD;
        }
        if (draining || spec.obstacle() != null) {
            return draining ? Reason.NO_DRONE : spec.obstacle();
        }
        return known().anyMatch(life -> life.backend.id().equals(spec.backendId())) ? Reason.ID_IN_USE : null;
    }

    /** Connects; what the cluster has made is taken where it must have made something. */
    Life connect(ConnectSpec spec, ConnectResult made) {
        Life holder = holders.get(key(spec));
        Life life = holder == null ? spawn(spec, made.backend()) : holder;
        if (!life.spec.staticToken() || tokensOf(life).findFirst().isEmpty()) {
            tokens.put(made.token(), life);
        }
        return life;
    }

    private Life spawn(ConnectSpec spec, Backend backend) {
        Life life = new Life(backend, spec, now);
        lives.add(life);
        if (spec.key() != null) {
            holders.put(key(spec), life);
        }
        move(life, state(life, BackendStatus.SCHEDULED, null));
        set(life, Timer.STEP, step, () -> goOn(life));
        set(life, Timer.LIFETIME, spec.lifetimeLimit(), () -> sweep(life));
        set(life, Timer.IDLE, spec.maxIdle(), () -> sweep(life));
        return life;
    }

    /** In the place of one before; of two at the same time that which was set first comes first. */
    private void set(Life life, Timer timer, @Nullable Duration delay, Runnable task) {
        if (delay != null && !life.isOver()) {
            cancel(life, timer);
            alarms.add(new Alarm(life, timer, now.plus(delay), task));
        }
    }

    private void cancel(Life life, Timer timer) {
        alarms.removeIf(alarm -> alarm.life == life && alarm.timer == timer);
    }

    void pass(Duration time) {
        Instant end = now.plus(time);
        for (Alarm next = due(end); next != null; next = due(end)) {
            alarms.remove(next);
            now = next.at;
            next.task.run();
        }
        now = end;
    }

    private @Nullable Alarm due(Instant end) {
        return first(alarm -> !alarm.at.isAfter(end));
    }

    private void goOn(Life life) {
        BackendStatus status = life.place().status();
        if (status == BackendStatus.LOADING && !life.spec.executable()) {
            move(life, ended(life, null));
        } else if (BackendStatus.READY.isAfter(status)) {
            move(life, state(life, BackendStatus.values()[status.ordinal() + 1], null));
            set(life, Timer.STEP, step, () -> goOn(life));
        }
    }

    private void sweep(Life life) {
        terminate(life, false, TerminationReason.SWEPT);
    }

    void terminate(Life life, boolean hard, TerminationReason reason) {
        BackendStatus status = hard ? BackendStatus.HARD_TERMINATING : BackendStatus.TERMINATING;
        if (move(life, state(life, status, reason))) {
            set(life, Timer.STEP, step, () -> move(life, ended(life, null)));
        }
    }

    void crash(Life life, int exitCode) {
        if (!life.isOver()) {
            life.exitCode = exitCode;
            move(life, ended(life, exitCode != 0));
        }
    }

    /** Whether it moved: over all that comes before, but to its end over a soft one at most. */
    boolean advance(Life life, BackendStatus goal) {
        boolean ending = life.place().status().isEnding();
        boolean moved = false;
        for (BackendStatus next : BackendStatus.values()) {
            boolean passed = next == BackendStatus.TERMINATING ? goal.isTerminal() && !ending : !next.isEnding();
            if (next != BackendStatus.UNKNOWN && (next == goal || (passed && goal.isAfter(next)))) {
                moved |= move(life, state(life, next, TerminationReason.EXTERNAL));
            }
        }
        return moved;
    }

    /** Whether it moved: only forward, unless to a status that has no place in the order. */
    boolean move(Life life, BackendState state) {
        boolean moves = life.history.isEmpty()
                || state.status().isAfter(life.place().status())
                || (state.status() == BackendStatus.UNKNOWN && !life.isOver());
        if (moves) {
            life.history.add(state);
            changes.add(Map.entry(life.backend.id(), state));
        }
        if (life.isOver()) {
            alarms.removeIf(alarm -> alarm.life == life);
            release(life);
        }
        return moves;
    }

    private void release(Life life) {
        holders.values().removeIf(holder -> holder == life);
        tokens.values().removeIf(owner -> owner == life);
    }

    void forget(Life life) {
        life.forgotten = true;
        release(life);
    }

    void revoke(String id, String user) {
        known().filter(life -> life.backend.id().equals(id)).forEach(life -> tokensOf(life)
                .filter(token -> user.equals(token.user()))
                .toList()
                .forEach(tokens::remove));
    }

    void requestBegins(Life life) {
        life.openRequests++;
        cancel(life, Timer.IDLE);
    }

    void requestEnds(Life life) {
        life.openRequests--;
        life.idleSince = now;
        if (life.openRequests == 0) {
            set(life, Timer.IDLE, life.spec.maxIdle(), () -> sweep(life));
        }
    }

    /** The state that a life reaches now. */
    BackendState state(Life life, BackendStatus status, @Nullable TerminationReason reason) {
        return switch (status) {
            case SCHEDULED -> BackendState.scheduled(millis());
            case LOADING -> BackendState.loading(millis());
            case STARTING -> BackendState.starting(millis());
            case WAITING -> BackendState.waiting(millis());
            case READY -> BackendState.ready(millis());
            case TERMINATING -> BackendState.terminating(millis(), reason);
            case HARD_TERMINATING -> BackendState.hardTerminating(millis(), reason);
            case TERMINATED -> ended(life, null);
            case UNKNOWN -> BackendState.unknown(millis(), "odd", "{}");
        };
    }

    /** The last state, with the reason and the kind of that in which the life was ending. */
    private BackendState ended(Life life, @Nullable Boolean exitError) {
        BackendState.Terminated.Builder end =
                BackendState.Terminated.builder(millis()).exitError(exitError);
        if (life.place() instanceof BackendState.Terminating soft) {
            end.kind(TerminationKind.SOFT).reason(soft.reason());
        } else if (life.place() instanceof BackendState.HardTerminating hard) {
            end.kind(TerminationKind.HARD).reason(hard.reason());
        }
        return end.build();
    }

    private Instant millis() {
        return now.truncatedTo(ChronoUnit.MILLIS);
    }
}
