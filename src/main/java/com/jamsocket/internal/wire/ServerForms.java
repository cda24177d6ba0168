package com.jamsocket.internal.wire;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.JamsocketProtocolException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the servers of both dialects write and read, as JSON text: the other side of the wire, for the development server. */
public final class ServerForms {

    private static final int MAX_NAME = 255;

    private ServerForms() {}

    /** The Jamsocket form of a state. */
    public static String state(BackendState state) {
        return StateMapping.write(state).toString();
    }

    /** The Jamsocket form of an answer to connect. */
    public static String connectResponse(ConnectResponse response) {
        return ConnectResponseMapping.write(response).toString();
    }

    /** The Jamsocket form of an error. */
    public static String error(int status, String code, String message, String id) {
        JsonObjectBuilder error = Json.object()
                .add("message", message)
                .add("status", status)
                .add("code", code)
                .add("id", id);
        return Json.object().add("error", error).build().toString();
    }

    /**
     * Reads a Jamsocket request to connect.
     *
     * @throws JamsocketProtocolException if it is no JSON object, or has a field of the wrong type
     * @throws IllegalArgumentException if a value is refused
     */
    public static ConnectRequest connectRequest(byte[] body) {
        return ConnectRequestMapping.read(body.length == 0 ? JsonValue.EMPTY_JSON_OBJECT : Json.readObject(body));
    }

    /** The JSON text of what is to be told of a user. */
    public static String auth(@Nullable Map<String, Object> auth) {
        return auth == null ? "{}" : Json.fromMap(auth).toString();
    }

    /** Whether the body is a JSON object in which {@code "hard"} is true; an empty one is none. */
    public static boolean isHard(byte[] body) {
        return body.length > 0 && Boolean.TRUE.equals(Json.bool(Json.readObject(body), "hard"));
    }

    /** Plane's form of a state: time in epoch milliseconds, the kind on every ending, and always an exit_error at the end. */
    public static String planeState(BackendState state) {
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

    /** Plane's form of an answer to connect: all fields, nulls written. */
    public static String planeConnectResponse(
            ConnectResponse response, @Nullable String subdomain, @Nullable String drone) {
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

    /** Plane's form of an error. */
    public static String planeError(String id, String kind, String message) {
        return Json.object()
                .add("id", id)
                .add("kind", kind)
                .add("message", message)
                .build()
                .toString();
    }

    /**
     * What Plane reads of a request to connect.
     *
     * @param namespace the namespace of the key
     * @param key the key, or null
     * @param keyTag the tag of the key
     * @param spawn whether there is a spawn_config
     * @param executable whether the executable in it is one that can be started
     * @param backendId the id in it, or null
     * @param cluster the cluster in it, or null
     * @param lifetimeLimit the limit in it, or null
     * @param maxIdle the limit in it, or null
     * @param staticToken the flag in it
     * @param subdomain the subdomain in it, or null
     * @param user the user, or null
     * @param auth what to tell of the user, as JSON text
     */
    public record PlaneConnect(
            String namespace,
            @Nullable String key,
            String keyTag,
            boolean spawn,
            boolean executable,
            @Nullable String backendId,
            @Nullable String cluster,
            @Nullable Duration lifetimeLimit,
            @Nullable Duration maxIdle,
            boolean staticToken,
            @Nullable String subdomain,
            @Nullable String user,
            String auth) {}

    /**
     * Reads Plane's request to connect, as strictly as Plane: null is refused wherever only absence means nothing.
     *
     * @throws JamsocketProtocolException if it is no JSON
     * @throws IllegalArgumentException if it is JSON of the wrong shape; the message is Plane's
     * @throws IllegalStateException if Plane would fail with it; the message is Plane's
     */
    public static PlaneConnect planeConnect(byte[] body) {
        JsonObject json = PlaneShape.body(body, "ConnectRequest");
        JsonObject key = member(json, "key", "KeyConfig");
        JsonObject spawn = member(json, "spawn_config", "SpawnConfig");
        if (json.containsKey("auth") && !(json.get("auth") instanceof JsonObject)) {
            throw PlaneShape.wrong("auth", json.get("auth"), "a map");
        }
        if (spawn != null && !spawn.containsKey("executable")) {
            throw PlaneShape.missing("spawn_config", "executable");
        }
        JsonObject none = JsonValue.EMPTY_JSON_OBJECT;
        JsonObject config = spawn == null ? none : spawn;
        JsonObject name = key == null ? none : key;
        if (key != null && !key.containsKey("name")) {
            throw PlaneShape.missing("key", "name");
        }
        // Which drones to choose from makes no difference where there is one.
        strictText(config, "spawn_config", "pool", "");
        return new PlaneConnect(
                strictText(name, "key", "namespace", ""),
                key == null ? null : strictText(name, "key", "name", ""),
                strictText(name, "key", "tag", ""),
                spawn != null,
                PlaneExecutable.canStart(config.get("executable")),
                looseText(config, "spawn_config", "id"),
                looseText(config, "spawn_config", "cluster"),
                seconds(config, "lifetime_limit_seconds"),
                seconds(config, "max_idle_seconds"),
                strictFlag(config, "use_static_token"),
                looseText(config, "spawn_config", "subdomain"),
                looseText(json, "", "user"),
                json.get("auth") instanceof JsonObject auth ? auth.toString() : "{}");
    }

    private static @Nullable JsonObject member(JsonObject json, String name, String struct) {
        JsonValue value = json.getOrDefault(name, JsonValue.NULL);
        if (value instanceof JsonObject object) {
            return object;
        }
        if (value.getValueType() != JsonValue.ValueType.NULL) {
            throw PlaneShape.wrong(name, value, "struct " + struct);
        }
        return null;
    }

    private static String strictText(JsonObject json, String path, String name, String absent) {
        if (!json.containsKey(name)) {
            return absent;
        }
        if (json.get(name) instanceof JsonString text) {
            return shortText(text.getString());
        }
        throw PlaneShape.wrong(path.isEmpty() ? name : path + "." + name, json.get(name), "a string");
    }

    private static @Nullable String looseText(JsonObject json, String path, String name) {
        JsonValue value = json.getOrDefault(name, JsonValue.NULL);
        if (value.getValueType() == JsonValue.ValueType.NULL) {
            return null;
        }
        if (value instanceof JsonString text) {
            return shortText(text.getString());
        }
        throw PlaneShape.wrong(path.isEmpty() ? name : path + "." + name, value, "a string");
    }

    private static String shortText(String text) {
        if (text.length() > MAX_NAME || text.indexOf('\0') >= 0) {
            throw new IllegalStateException("Internal error.");
        }
        return text;
    }

    private static boolean strictFlag(JsonObject json, String name) {
        JsonValue value = json.getOrDefault(name, JsonValue.FALSE);
        if (value.getValueType() == JsonValue.ValueType.TRUE || value.getValueType() == JsonValue.ValueType.FALSE) {
            return value.getValueType() == JsonValue.ValueType.TRUE;
        }
        throw PlaneShape.wrong("spawn_config." + name, value, "a boolean");
    }

    private static @Nullable Duration seconds(JsonObject json, String name) {
        JsonValue value = json.getOrDefault(name, JsonValue.NULL);
        if (value.getValueType() == JsonValue.ValueType.NULL) {
            return null;
        }
        if (value instanceof JsonNumber number && number.toString().matches("-?[0-9]{1,10}")) {
            long seconds = number.longValue();
            if (seconds == (int) seconds) {
                return Duration.ofSeconds(seconds);
            }
        }
        throw PlaneShape.wrong("spawn_config." + name, value, "i32");
    }

    /** Plane's form of a cluster with one drone and one proxy. */
    public static String planeClusterState(boolean draining, long backends, String drone, String proxy) {
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

    /**
     * Reads Plane's request to revoke: backend id and user.
     *
     * @throws JamsocketProtocolException if it is no JSON
     * @throws IllegalArgumentException if it is JSON of the wrong shape; the message is Plane's
     * @throws IllegalStateException if Plane would fail with it; the message is Plane's
     */
    public static Map.Entry<String, String> planeRevoke(byte[] body) {
        JsonObject json = PlaneShape.body(body, "RevokeRequest");
        for (String name : new String[] {"backend_id", "user"}) {
            if (!json.containsKey(name)) {
                throw PlaneShape.missing("", name);
            }
        }
        return Map.entry(strictText(json, "", "backend_id", ""), strictText(json, "", "user", ""));
    }
}
