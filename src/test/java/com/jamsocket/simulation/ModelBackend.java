package com.jamsocket.simulation;

import com.jamsocket.BackendStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A backend as its server knows it: its history, which grows by chance until it ends. */
final class ModelBackend {

    private static final List<BackendStatus> STARTING =
            List.of(BackendStatus.LOADING, BackendStatus.STARTING, BackendStatus.WAITING, BackendStatus.READY);

    private final Engine engine;
    private final SimulatedTime time;
    private final Chance chance;
    private final Weather weather;
    private final List<Told> history = new ArrayList<>();
    private final List<ModelStream> streams = new ArrayList<>();
    private final boolean swift;
    private boolean terminationAsked;
    private @Nullable Duration forgottenAt;

    /** A state as it goes over the wire. */
    record Told(BackendStatus status, String name, String json, Duration at) {}

    ModelBackend(Engine engine, SimulatedTime time, Chance chance, Weather weather) {
        this.engine = engine;
        this.time = time;
        this.chance = chance;
        this.weather = weather;
        this.swift = chance.oneIn(3);
        reach(BackendStatus.SCHEDULED, "");
        next(this::start);
    }

    List<Told> history() {
        return history;
    }

    Told last() {
        return history.get(history.size() - 1);
    }

    boolean hasEnded() {
        return last().status() == BackendStatus.TERMINATED;
    }

    /** Since when the server does not know it any more; null if it does. */
    @Nullable
    Duration forgottenAt() {
        return forgottenAt;
    }

    void attach(ModelStream stream) {
        streams.add(stream);
    }

    void detach(ModelStream stream) {
        streams.remove(stream);
    }

    void terminate() {
        if (!terminationAsked && !last().status().isEnding()) {
            terminationAsked = true;
            next(this::terminating);
        }
    }

    private void next(Runnable step) {
        Duration most = swift ? Duration.ofMillis(50) : Duration.ofSeconds(20);
        time.at(chance.time(Duration.ofMillis(1), most), step);
    }

    private void start() {
        if (last().status().isEnding()) {
            return;
        }
        if (chance.oneIn(40) && last().status() != BackendStatus.SCHEDULED) {
            exit();
            return;
        }
        if (chance.oneIn(30)) {
            reachUnknown("paused-" + history.size());
        }
        int skipped = chance.oneIn(30) ? 1 : 0;
        int step = Math.min(STARTING.size() - 1, indexOfLast() + 1 + skipped);
        reach(STARTING.get(step), "");
        if (last().status() == BackendStatus.READY) {
            Duration most = swift ? Duration.ofSeconds(20) : Duration.ofMinutes(6);
            time.at(chance.time(Duration.ofMillis(10), most), chance.oneIn(4) ? this::exit : this::terminating);
        } else {
            next(this::start);
        }
    }

    private int indexOfLast() {
        int last = -1;
        for (Told told : history) {
            last = Math.max(last, STARTING.indexOf(told.status()));
        }
        return last;
    }

    /** The process ends by itself. */
    private void exit() {
        if (!last().status().isEnding()) {
            reach(BackendStatus.TERMINATED, ",\"exit_error\":true");
            ended();
        }
    }

    private void terminating() {
        if (!last().status().isEnding()) {
            reach(BackendStatus.TERMINATING, ",\"termination_reason\":\"swept\",\"termination_kind\":\"soft\"");
            next(chance.oneIn(3) ? this::hardTerminating : () -> terminated("soft"));
        }
    }

    private void hardTerminating() {
        reach(BackendStatus.HARD_TERMINATING, ",\"termination_reason\":\"swept\",\"termination_kind\":\"hard\"");
        next(() -> terminated("hard"));
    }

    private void terminated(String kind) {
        reach(
                BackendStatus.TERMINATED,
                ",\"termination_reason\":\"swept\",\"termination_kind\":\"" + kind + "\",\"exit_error\":false");
        ended();
    }

    private void ended() {
        if (weather.brings(Fault.FORGOTTEN_BACKEND)) {
            time.at(chance.time(Duration.ofMillis(100), Duration.ofMinutes(5)), () -> {
                weather.happened(Fault.FORGOTTEN_BACKEND);
                forgottenAt = time.elapsed();
            });
        }
    }

    private void reach(BackendStatus status, String details) {
        tell(status, status.wireName(), details);
    }

    private void reachUnknown(String name) {
        tell(BackendStatus.UNKNOWN, name, "");
    }

    private void tell(BackendStatus status, String name, String details) {
        Instant now =
                Instant.parse("2026-11-01T10:00:00Z").plusMillis(time.elapsed().toMillis());
        String written = engine == Engine.PLANE ? String.valueOf(now.toEpochMilli()) : '"' + now.toString() + '"';
        String json = "{\"status\":\"" + name + "\",\"time\":" + written + details + "}";
        Told told = new Told(status, name, json, time.elapsed());
        history.add(told);
        List.copyOf(streams).forEach(stream -> stream.live(told));
    }
}
