package com.jamsocket.internal.dev.api;

import com.jamsocket.ConnectRequest;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.SpawnOptions;
import com.jamsocket.internal.dev.cluster.ConnectSpec;
import com.jamsocket.internal.wire.ConnectRequestMapping;
import com.jamsocket.internal.wire.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the Jamsocket API reads. It takes what the original takes, also where our own vocabulary refuses it because it
 * is a mistake: empty texts, limits of zero, variables that the platform sets.
 */
final class JamsocketRequests {

    private static final Duration DEFAULT_MAX_IDLE = Duration.ofMinutes(5);
    private static final int MAX_KEY = 128;

    /** What means nothing if it is empty. */
    private static final Set<String> NAMES = Set.of("tag", "cluster");

    /** What is read here, for it may be zero. */
    private static final Set<String> TIMES = Set.of("lifetime_limit_seconds", "max_idle_seconds");

    private JamsocketRequests() {}

    /**
     * A request to connect.
     *
     * @throws JamsocketProtocolException if it is no JSON object, or has a field of the wrong type
     * @throws IllegalArgumentException if a value is refused
     */
    static ConnectSpec connect(byte[] body, String account, String service, SpawnDefaults defaults) {
        JsonObject json = body.length == 0 ? JsonValue.EMPTY_JSON_OBJECT : Json.readObject(body);
        if (JsonValue.NULL.equals(json.get("auth"))) {
            throw new IllegalArgumentException("auth must be an object, not null: leave it out");
        }
        JsonObject spawn = json.get("spawn") instanceof JsonObject object ? object : null;
        ConnectRequest request = ConnectRequestMapping.read(strict(json, spawn));
        SpawnOptions options = request.spawnOptions();
        Map<String, Object> auth = request.auth();
        return new ConnectSpec(
                account + "/" + service,
                key(json),
                "",
                !JsonValue.FALSE.equals(json.get("spawn")),
                null,
                true,
                null,
                spawn == null ? null : limit(spawn, "lifetime_limit_seconds"),
                defaults.maxIdle(
                        spawn == null ? DEFAULT_MAX_IDLE : null,
                        spawn == null ? null : limit(spawn, "max_idle_seconds")),
                text(json, "user"),
                auth == null ? "{}" : Json.fromMap(auth).toString(),
                defaults.staticToken(),
                null,
                service,
                options == null ? SpawnOptions.builder().build() : options);
    }

    private static @Nullable String key(JsonObject json) {
        String key = text(json, "key");
        if (key != null && key.codePointCount(0, key.length()) > MAX_KEY) {
            throw new IllegalArgumentException("A key has at most " + MAX_KEY + " characters.");
        }
        return key == null || key.isEmpty() ? null : key;
    }

    private static @Nullable String text(JsonObject json, String name) {
        JsonValue value = json.getOrDefault(name, JsonValue.NULL);
        if (value instanceof JsonString text) {
            return text.getString();
        }
        if (!JsonValue.NULL.equals(value)) {
            throw new IllegalArgumentException(name + " must be a string");
        }
        return null;
    }

    private static @Nullable Duration limit(JsonObject spawn, String name) {
        JsonValue value = spawn.getOrDefault(name, JsonValue.NULL);
        if (value instanceof JsonNumber number && number.toString().matches("[0-9]{1,10}")) {
            return Duration.ofSeconds(number.longValue());
        }
        if (!JsonValue.NULL.equals(value)) {
            throw new IllegalArgumentException(name + " must be a whole number of seconds, and not negative");
        }
        return null;
    }

    /** What is left for the mapping of our own vocabulary to read. */
    private static JsonObject strict(JsonObject json, @Nullable JsonObject spawn) {
        JsonObjectBuilder request = Json.object();
        JsonValue auth = json.get("auth");
        if (auth != null) {
            request.add("auth", auth);
        }
        if (spawn != null) {
            JsonObjectBuilder options = Json.object();
            spawn.forEach((name, value) -> {
                boolean meansNothing = NAMES.contains(name)
                        && value instanceof JsonString text
                        && text.getString().isBlank();
                if (!TIMES.contains(name) && !meansNothing) {
                    options.add(
                            name,
                            name.equals("executable") && value instanceof JsonObject executable
                                    ? startable(executable)
                                    : value);
                }
            });
            request.add("spawn", options);
        }
        return request.build();
    }

    private static JsonObject startable(JsonObject executable) {
        JsonObjectBuilder startable = Json.object();
        executable.forEach((name, value) -> {
            if (name.equals("env") && value instanceof JsonObject env) {
                startable.add(name, PlaneExecutable.settable(env));
            } else if (name.equals("resource_limits") && value instanceof JsonObject limits) {
                startable.add(name, withoutZeros(limits));
            } else {
                startable.add(name, value);
            }
        });
        return startable.build();
    }

    private static JsonObject withoutZeros(JsonObject limits) {
        JsonObjectBuilder kept = Json.object();
        limits.forEach((name, value) -> {
            if (!value.toString().equals("0")) {
                kept.add(name, value);
            }
        });
        return kept.build();
    }
}
