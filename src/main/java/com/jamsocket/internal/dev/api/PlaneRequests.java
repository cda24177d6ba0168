package com.jamsocket.internal.dev.api;

import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.internal.dev.cluster.ClusterException.Reason;
import com.jamsocket.internal.dev.cluster.ConnectSpec;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Plane's controller reads, as strictly as it does: null is refused wherever only absence means nothing. */
final class PlaneRequests {

    private static final int MAX_NAME = 255;

    /** A notification of PostgreSQL has 8000 bytes at most. */
    private static final int MAX_SPAWN = 7584;

    private static final Pattern BACKEND_ID = Pattern.compile("[a-z0-9-]{1,45}");

    private PlaneRequests() {}

    /**
     * A request to connect.
     *
     * @throws JamsocketProtocolException if it is no JSON
     * @throws IllegalArgumentException if it is JSON of the wrong shape; the message is Plane's
     * @throws IllegalStateException if Plane would fail with it; the message is Plane's
     */
    static ConnectSpec connect(byte[] body, SpawnDefaults defaults, Drones drones) {
        JsonObject json = PlaneBody.read(body, PlaneBody.CONNECT);
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
        String pool = strictText(config, "spawn_config", "pool", "");
        String cluster = looseText(config, "spawn_config", "cluster");
        return new ConnectSpec(
                // No other namespace can begin like this.
                "//" + strictText(name, "key", "namespace", ""),
                key == null ? null : strictText(name, "key", "name", ""),
                strictText(name, "key", "tag", ""),
                spawn != null,
                spawn == null ? null : obstacle(spawn, drones.has(cluster, pool)),
                PlaneExecutable.canStart(config.get("executable")),
                backendId(looseText(config, "spawn_config", "id")),
                seconds(config, "lifetime_limit_seconds"),
                defaults.maxIdle(null, seconds(config, "max_idle_seconds")),
                looseText(json, "", "user"),
                json.get("auth") instanceof JsonObject auth ? auth.toString() : "{}",
                strictFlag(config, "use_static_token"),
                looseText(config, "spawn_config", "subdomain"),
                PlaneExecutable.image(config.get("executable")),
                PlaneExecutable.options(config.get("executable"), cluster));
    }

    /**
     * A request to revoke.
     *
     * @param backendId the backend
     * @param user whose tokens
     */
    record Revoke(String backendId, String user) {}

    /** Reads a request to revoke. As {@link #connect}. */
    static Revoke revoke(byte[] body) {
        JsonObject json = PlaneBody.read(body, PlaneBody.REVOKE);
        for (String name : new String[] {"backend_id", "user"}) {
            if (!json.containsKey(name)) {
                throw PlaneShape.missing("", name);
            }
        }
        return new Revoke(strictText(json, "", "backend_id", ""), strictText(json, "", "user", ""));
    }

    /** In the order in which Plane meets them. */
    private static @Nullable Reason obstacle(JsonObject spawn, boolean drone) {
        Duration lifetime = seconds(spawn, "lifetime_limit_seconds");
        if (lifetime != null && lifetime.isNegative()) {
            return Reason.BREAKS;
        }
        if (!drone) {
            return Reason.NO_DRONE;
        }
        return spawn.toString().getBytes(StandardCharsets.UTF_8).length > MAX_SPAWN ? Reason.TOO_LARGE : null;
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
        throw PlaneShape.wrong(PlaneShape.path(path, name), json.get(name), "a string");
    }

    private static @Nullable String looseText(JsonObject json, String path, String name) {
        JsonValue value = json.getOrDefault(name, JsonValue.NULL);
        if (value.getValueType() == JsonValue.ValueType.NULL) {
            return null;
        }
        if (value instanceof JsonString text) {
            return shortText(text.getString());
        }
        throw PlaneShape.wrong(PlaneShape.path(path, name), value, "a string");
    }

    /** Plane takes any text here, and fails whenever it is to read it; it would split answers and paths besides. */
    private static @Nullable String backendId(@Nullable String id) {
        if (id != null && !BACKEND_ID.matcher(id).matches()) {
            throw new IllegalStateException("Internal error.");
        }
        return id;
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
}
