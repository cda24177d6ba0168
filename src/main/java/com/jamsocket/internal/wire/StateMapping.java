package com.jamsocket.internal.wire;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@link BackendState} as JSON. Reads every form that servers use or have used; writes the one of the JavaScript types
 * (ISO time, absent details left out), and Plane's.
 */
public final class StateMapping {

    private StateMapping() {}

    /**
     * Reads a state.
     *
     * @throws com.jamsocket.JamsocketProtocolException if it has no status or no time, or a field of the wrong type
     */
    public static BackendState read(JsonObject json) {
        String statusName = Json.requiredText(json, "status");
        Instant time = time(json);
        return switch (BackendStatus.of(statusName)) {
            case SCHEDULED -> BackendState.scheduled(time);
            case LOADING -> BackendState.loading(time);
            case STARTING -> BackendState.starting(time);
            case WAITING -> BackendState.waiting(time);
            case READY -> BackendState.ready(time);
            case TERMINATING -> new BackendState.Terminating(time, reason(json), kind(json));
            case HARD_TERMINATING -> new BackendState.HardTerminating(time, reason(json), kind(json));
            case TERMINATED -> terminated(json, time);
            case UNKNOWN -> BackendState.unknown(time, statusName, json.toString());
        };
    }

    /** Writes a state in the form of the JavaScript types. An unknown one is written as it was received. */
    public static JsonObject write(BackendState state) {
        if (state instanceof BackendState.Unknown unknown) {
            return Json.readObject(unknown.json());
        }
        JsonObjectBuilder json =
                Json.object().add("status", state.statusName()).add("time", IsoTime.format(state.time()));
        if (state instanceof BackendState.Terminating ending) {
            addText(json, "termination_reason", ending.reasonName());
            addText(json, "termination_kind", ending.kindName());
        } else if (state instanceof BackendState.HardTerminating ending) {
            addText(json, "termination_reason", ending.reasonName());
            addText(json, "termination_kind", ending.kindName());
        } else if (state instanceof BackendState.Terminated ended) {
            addEnd(json, ended);
        }
        return json.build();
    }

    /** The text of {@link #write}. */
    public static String text(BackendState state) {
        return write(state).toString();
    }

    private static void addEnd(JsonObjectBuilder json, BackendState.Terminated ended) {
        addText(json, "termination_reason", ended.reasonName());
        addText(json, "termination_kind", ended.kindName());
        Boolean exitError = ended.exitError();
        if (exitError != null) {
            json.add("exit_error", exitError);
        }
        Integer exitCode = ended.exitCode();
        if (exitCode != null) {
            json.add("exit_code", exitCode);
        }
        addText(json, "last_status", ended.lastStatusName());
    }

    private static BackendState terminated(JsonObject json, Instant time) {
        Long exitCode = Json.integer(json, "exit_code");
        return BackendState.Terminated.builder(time)
                .reasonName(reason(json))
                .kindName(kind(json))
                .exitError(Json.bool(json, "exit_error"))
                // Some systems have unsigned exit codes; the last 32 bits are the same number.
                .exitCode(exitCode == null ? null : exitCode.intValue())
                .lastStatusName(Json.text(json, "last_status"))
                .build();
    }

    private static @Nullable String reason(JsonObject json) {
        return Json.text(json, "termination_reason");
    }

    private static @Nullable String kind(JsonObject json) {
        return Json.text(json, "termination_kind");
    }

    private static Instant time(JsonObject json) {
        JsonValue time = json.get("time");
        try {
            if (time instanceof JsonNumber millis) {
                // As a double it is exact for all times to come, and cheap whatever the exponent.
                return Instant.ofEpochMilli((long) millis.doubleValue());
            }
            if (time instanceof JsonString text) {
                return IsoTime.parse(text.getString());
            }
        } catch (DateTimeException e) {
            throw Json.notUnderstood("\"time\" is no time", json.toString());
        }
        throw Json.notUnderstood("no \"time\"", json.toString());
    }

    /** Adds a text, unless it is null. */
    public static void addText(JsonObjectBuilder json, String name, @Nullable String text) {
        if (text != null) {
            json.add(name, text);
        }
    }
}
