package com.jamsocket.internal.dev.api;

import com.jamsocket.ConnectRequest;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.SpawnOptions;
import com.jamsocket.internal.wire.ConnectRequestMapping;
import com.jamsocket.internal.wire.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one of Plane's drones can start. The controller takes anything: a mistake shows only when the backend ends. */
final class PlaneExecutable {

    private static final Set<String> PULL_POLICIES = Set.of("IfNotPresent", "Always", "Never");

    private static final Set<String> OPTIONS = Set.of("env", "mount", "resource_limits");
    private static final Set<String> RESERVED = Set.of(
            "PORT",
            "SESSION_BACKEND_ID",
            "SESSION_BACKEND_KEY",
            "SESSION_BACKEND_FENCING_TOKEN",
            "SESSION_BACKEND_STATIC_TOKEN",
            "JAMSOCKET_SERVICE",
            "JAMSOCKET_NAME",
            "JAMSOCKET_URL");

    private PlaneExecutable() {}

    static boolean canStart(@Nullable JsonValue executable) {
        return executable instanceof JsonObject json
                && json.get("image") instanceof JsonString
                && absentNullOr(json, "pull_policy", PlaneExecutable::isPullPolicy)
                && absentNullOr(json, "credentials", PlaneExecutable::areCredentials)
                && absentOr(json, "env", PlaneExecutable::isEnvironment)
                && absentOr(json, "resource_limits", PlaneExecutable::areLimits)
                && absentNullOr(json, "mount", PlaneExecutable::isMount)
                && absentNullOr(json, "network_name", JsonString.class::isInstance);
    }

    /** The image to start; empty if there is none. */
    static String image(@Nullable JsonValue executable) {
        return executable instanceof JsonObject json && json.get("image") instanceof JsonString image
                ? image.getString()
                : "";
    }

    /** What it is started with. */
    static SpawnOptions options(@Nullable JsonValue executable, @Nullable String cluster) {
        JsonObjectBuilder spawn = Json.object();
        if (cluster != null && !cluster.isBlank()) {
            spawn.add("cluster", cluster);
        }
        if (executable instanceof JsonObject json && canStart(json)) {
            JsonObjectBuilder kept = Json.object();
            json.forEach((name, value) -> {
                if (OPTIONS.contains(name) && value.getValueType() != ValueType.NULL) {
                    kept.add(name, name.equals("env") ? settable(value.asJsonObject()) : value);
                }
            });
            spawn.add("executable", kept);
        }
        try {
            ConnectRequest request =
                    ConnectRequestMapping.read(Json.object().add("spawn", spawn).build());
            SpawnOptions options = request.spawnOptions();
            return options == null ? SpawnOptions.builder().build() : options;
        } catch (IllegalArgumentException | JamsocketProtocolException e) {
            // Limits of zero and the like: a drone starts it, with what makes sense of them.
            return SpawnOptions.builder().build();
        }
    }

    /** The platform's own variables win over those of the request. */
    static JsonObject settable(JsonObject env) {
        JsonObjectBuilder settable = Json.object();
        env.forEach((name, value) -> {
            if (!name.isEmpty() && name.indexOf('=') < 0 && !RESERVED.contains(name)) {
                settable.add(name, value);
            }
        });
        return settable.build();
    }

    private static boolean isPullPolicy(JsonValue value) {
        return value instanceof JsonString policy && PULL_POLICIES.contains(policy.getString());
    }

    private static boolean areCredentials(JsonValue value) {
        return value instanceof JsonObject credentials
                && credentials.get("username") instanceof JsonString
                && credentials.get("password") instanceof JsonString;
    }

    private static boolean isEnvironment(JsonValue value) {
        return value instanceof JsonObject env && env.values().stream().allMatch(JsonString.class::isInstance);
    }

    private static boolean areLimits(JsonValue value) {
        return value instanceof JsonObject limits
                && limits.values().stream()
                        .allMatch(limit -> limit.getValueType() == ValueType.NULL
                                || (limit instanceof JsonNumber number && number.isIntegral()));
    }

    private static boolean isMount(JsonValue value) {
        return value instanceof JsonString
                || value.getValueType() == ValueType.TRUE
                || value.getValueType() == ValueType.FALSE;
    }

    private static boolean absentOr(JsonObject json, String name, Predicate<JsonValue> condition) {
        JsonValue value = json.get(name);
        return value == null || condition.test(value);
    }

    private static boolean absentNullOr(JsonObject json, String name, Predicate<JsonValue> condition) {
        JsonValue value = json.get(name);
        return value == null || value.getValueType() == ValueType.NULL || condition.test(value);
    }
}
