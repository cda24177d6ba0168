package com.jamsocket.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jamsocket.BackendStatus;
import com.jamsocket.simulation.ModelBackend.Told;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event stream of a server, from its head until either side leaves, with what goes wrong on the way. */
final class ModelStream {

    private static final Map<String, List<String>> HEAD =
            Map.of("Content-Type", List.of("text/event-stream"), "Cache-Control", List.of("no-cache"));

    private final Engine engine;
    private final Exchange<?> exchange;
    private final View view;
    private final SimulatedTime time;
    private final Chance chance;
    private final Weather weather;
    private final Wire wire;
    private final String lineEnd;
    private final boolean trickles;
    private final boolean buffered;
    private final List<Runnable> inBuffer = new ArrayList<>();
    private boolean headSent;
    private boolean dead;
    private long bytesLeft = Long.MAX_VALUE;
    private @Nullable Fault breaksBy;
    private @Nullable Told heldBack;

    ModelStream(Engine engine, Exchange<?> exchange, View view, SimulatedTime time, Chance chance, Weather weather) {
        this.engine = engine;
        this.exchange = exchange;
        this.view = view;
        this.time = time;
        this.chance = chance;
        this.weather = weather;
        this.wire = new Wire(time, chance);
        this.lineEnd = engine == Engine.PLANE || !chance.oneIn(8) ? "\n" : "\r\n";
        this.trickles = strikes(Fault.TRICKLED_STREAM);
        this.buffered = strikes(Fault.BUFFERING_PROXY);
        for (Fault way : List.of(Fault.CUT, Fault.END_OF_STREAM, Fault.STALL)) {
            if (breaksBy == null && strikes(way)) {
                breaksBy = way;
                bytesLeft = chance.below(600);
            }
        }
    }

    private boolean strikes(Fault fault) {
        boolean struck = weather.strikes(fault);
        if (struck) {
            view.struck(fault, time.elapsed());
        }
        return struck;
    }

    /** Sends the head, and what the server tells at first. */
    void begin(String lastEventId) {
        exchange.whenLeft(this::leave);
        if (engine != Engine.DEV_SERVER) {
            sendHead();
        }
        if (view.backend().forgottenAt() == null) {
            view.backend().attach(this);
            past(lastEventId).forEach(told -> frame(told, false));
        }
        if (strikes(Fault.RETRY_FIELD)) {
            send("retry: " + chance.below(20_000) + lineEnd + lineEnd, () -> {});
        }
        if (engine.keepalive() != null) {
            keepalive(engine.keepalive());
        }
    }

    private List<Told> past(String lastEventId) {
        List<Told> history = view.backend().history();
        if (engine == Engine.API) {
            return List.of(view.backend().last());
        }
        BackendStatus after = BackendStatus.of(lastEventId);
        return history.stream()
                .filter(told -> engine != Engine.PLANE
                        || after == BackendStatus.UNKNOWN
                        || told.status().isAfter(after))
                .toList();
    }

    private void sendHead() {
        headSent = true;
        wire.send(() -> exchange.head(200, HEAD));
    }

    private void keepalive(Duration every) {
        time.at(every, () -> {
            if (!dead && !exchange.isClosed()) {
                send(":" + lineEnd + lineEnd, () -> {});
                keepalive(every);
            }
        });
    }

    /** Tells a state that the backend has just reached. */
    void live(Told told) {
        if (strikes(Fault.DROPPED_EVENT)) {
            return;
        }
        if (heldBack == null && strikes(Fault.REORDERED_EVENTS)) {
            heldBack = told;
            return;
        }
        frame(told, true);
        Told late = heldBack;
        if (late != null) {
            heldBack = null;
            frame(late, true);
        }
    }

    private void frame(Told told, boolean live) {
        if (live && strikes(Fault.GARBAGE_EVENT)) {
            send("data: {\"status\":" + lineEnd + lineEnd, () -> {});
        }
        if (live && strikes(Fault.OVERSIZED_EVENT)) {
            view.refusedForGood();
            send("data: " + "x".repeat(1024 * 1024 + 1) + lineEnd + lineEnd, () -> {});
        }
        int times = live && strikes(Fault.DUPLICATE_EVENT) ? 2 : 1;
        for (int i = 0; i < times; i++) {
            send(text(told), () -> view.arrived(new View.Arrival(told, time.elapsed(), exchange)));
        }
    }

    private String text(Told told) {
        return engine == Engine.PLANE
                ? "data: " + told.json() + "\nid: " + told.name() + "\n\n"
                : "data:" + told.json() + lineEnd + lineEnd;
    }

    private void send(String text, Runnable whenReceived) {
        if (buffered && !weather.isQuiet()) {
            if (inBuffer.isEmpty()) {
                time.at(weather.quietFrom().minus(time.elapsed()), this::flush);
            }
            inBuffer.add(() -> pass(text, whenReceived));
            return;
        }
        flush();
        pass(text, whenReceived);
    }

    /** What a proxy has buffered is late, but not lost. */
    private void flush() {
        inBuffer.forEach(Runnable::run);
        inBuffer.clear();
    }

    private void pass(String text, Runnable whenReceived) {
        if (dead) {
            return;
        }
        if (!headSent) {
            sendHead();
        }
        byte[] bytes = text.getBytes(UTF_8);
        // The first byte of the last line's end is the end of the event.
        int complete = bytes.length - lineEnd.length() + 1;
        if (bytes.length > bytesLeft) {
            chunks(Arrays.copyOf(bytes, (int) bytesLeft), complete, whenReceived);
            breakOff();
            return;
        }
        bytesLeft -= bytes.length;
        chunks(bytes, complete, whenReceived);
    }

    private void chunks(byte[] bytes, int complete, Runnable whenReceived) {
        int from = 0;
        while (from < bytes.length) {
            int rest = bytes.length - from;
            int length = trickles && rest < 1000 ? 1 : chance.oneIn(4) ? 1 + chance.below(rest) : rest;
            byte[] chunk = Arrays.copyOfRange(bytes, from, from + length);
            boolean completes = from < complete && from + length >= complete;
            from += length;
            wire.send(() -> exchange.bytes(chunk, completes ? whenReceived : () -> {}));
        }
    }

    private void breakOff() {
        leave();
        if (breaksBy == Fault.CUT) {
            wire.send(() -> exchange.fail(new IOException("Connection reset")));
        } else if (breaksBy == Fault.END_OF_STREAM) {
            wire.send(exchange::end);
        }
    }

    private void leave() {
        dead = true;
        view.backend().detach(this);
    }
}
