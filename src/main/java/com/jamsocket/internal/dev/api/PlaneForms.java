package com.jamsocket.internal.dev.api;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectResponse;
import com.jamsocket.internal.wire.Json;
import com.jamsocket.internal.wire.StateMapping;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What Plane's controller writes, as JSON text. */
final class PlaneForms {

    private PlaneForms() {}

    /** Time in epoch milliseconds, the kind on every ending, and always an exit_error at the end. */
    static String state(BackendState state) {
        JsonObjectBuilder json = Json.object().add("status", state.statusName());
        if (state instanceof BackendState.Terminating ending) {
            StateMapping.addText(json, "termination_reason", ending.reasonName());
            json.add("termination_kind", "soft");
        } else if (state instanceof BackendState.HardTerminating ending) {
            StateMapping.addText(json, "termination_reason", ending.reasonName());
            json.add("termination_kind", "hard");
        } else if (state instanceof BackendState.Terminated ended) {
            StateMapping.addText(json, "termination_reason", ended.reasonName());
            StateMapping.addText(json, "termination_kind", ended.kindName());
            json.add("exit_error", Boolean.TRUE.equals(ended.exitError()));
        }
        return json.add("time", state.time().toEpochMilli()).build().toString();
    }

    /** All fields, nulls written. */
    static String connectResponse(ConnectResponse response, @Nullable String subdomain, @Nullable String drone) {
        return Json.object()
                .add("backend_id", response.backendId())
                .add("spawned", response.spawned())
                .add("status", response.statusName())
                .add("token", response.token())
                .add("url", response.url().toString())
                .add("subdomain", orNull(subdomain))
                .add("secret_token", orNull(response.secretToken()))
                .add("status_url", response.statusUrl().toString())
                .add("drone", orNull(drone))
                .build()
                .toString();
    }

    private static JsonValue orNull(@Nullable String text) {
        return text == null ? JsonValue.NULL : Json.text(text);
    }

    static String error(String id, String kind, String message) {
        return Json.object()
                .add("id", id)
                .add("kind", kind)
                .add("message", message)
                .build()
                .toString();
    }

    /** A cluster with one drone and one proxy. */
    static String clusterState(boolean draining, long backends, String drone, String proxy) {
        JsonObject droneNode = Json.object()
                .add("ready", true)
                .add("draining", draining)
                .add("last_heartbeat_age", 0)
                .add("backend_count", backends)
                .add("node", node("Drone", drone))
                .build();
        return "{\"drones\":[" + droneNode + "],\"proxies\":[" + node("Proxy", proxy) + "]}";
    }

    private static JsonObject node(String kind, String name) {
        return Json.object()
                .add("name", Json.object().add(kind, name))
                .add("plane_version", "0.5.6")
                .add("plane_hash", "dev")
                .add("controller", "co-dev")
                .add("controller_heartbeat_age", 0)
                .build();
    }
}
