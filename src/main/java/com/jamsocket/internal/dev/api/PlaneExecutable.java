package com.jamsocket.internal.dev.api;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one of Plane's drones can start. The controller takes anything: a mistake shows only when the backend ends. */
final class PlaneExecutable {

    private static final Set<String> PULL_POLICIES = Set.of("IfNotPresent", "Always", "Never");

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
