package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The bodies of connect that a Plane controller reads, and its drones after it. */
final class PlaneSchema {

    private static final BiConsumer<String, JsonValue> LIMITS = members(Map.of(
            "cpu_period", PlaneSchema::integer,
            "cpu_period_percent", PlaneSchema::integer,
            "cpu_time_limit", PlaneSchema::integer,
            "memory_limit_bytes", PlaneSchema::integer,
            "disk_limit_bytes", PlaneSchema::integer));

    private static final BiConsumer<String, JsonValue> CREDENTIALS =
            members(Map.of("username", PlaneSchema::text, "password", PlaneSchema::text), "username", "password");

    private static final BiConsumer<String, JsonValue> EXECUTABLE = members(
            Map.of(
                    "image", PlaneSchema::text,
                    "pull_policy", PlaneSchema::text,
                    "credentials", CREDENTIALS,
                    "env", PlaneSchema::texts,
                    "resource_limits", LIMITS,
                    "mount", PlaneSchema::mount,
                    "network_name", PlaneSchema::text),
            "image");

    /** The idle limit is required by us, not by Plane: without it a backend may run for ever. */
    private static final BiConsumer<String, JsonValue> SPAWN_CONFIG = members(
            Map.of(
                    "id", PlaneSchema::text,
                    "cluster", PlaneSchema::text,
                    "pool", PlaneSchema::text,
                    "executable", EXECUTABLE,
                    "lifetime_limit_seconds", PlaneSchema::integer,
                    "max_idle_seconds", PlaneSchema::integer,
                    "use_static_token", PlaneSchema::bool,
                    "subdomain", PlaneSchema::text),
            "executable",
            "max_idle_seconds");

    private static final BiConsumer<String, JsonValue> KEY = members(
            Map.of("name", PlaneSchema::text, "namespace", PlaneSchema::text, "tag", PlaneSchema::text), "name");

    private static final BiConsumer<String, JsonValue> REQUEST = members(
            Map.of("key", KEY, "spawn_config", SPAWN_CONFIG, "user", PlaneSchema::text, "auth", PlaneSchema::object));

    private PlaneSchema() {}

    /** Fails unless Plane would take the body and a backend could come of it. */
    static void check(JsonObject body) {
        REQUEST.accept("request", body);
        assertThat(body.containsKey("key") || body.containsKey("spawn_config"))
                .as("key or spawn_config")
                .isTrue();
    }

    private static BiConsumer<String, JsonValue> members(
            Map<String, BiConsumer<String, JsonValue>> fields, String... required) {
        return (name, value) -> {
            object(name, value);
            assertThat(value.asJsonObject().keySet())
                    .as(name)
                    .containsAll(List.of(required))
                    .isSubsetOf(fields.keySet());
            value.asJsonObject().forEach((field, member) -> fields.get(field).accept(field, member));
        };
    }

    private static void text(String name, JsonValue value) {
        assertThat(value).as(name).isInstanceOf(JsonString.class);
    }

    private static void texts(String name, JsonValue value) {
        object(name, value);
        value.asJsonObject().forEach(PlaneSchema::text);
    }

    private static void integer(String name, JsonValue value) {
        assertThat(value).as(name).isInstanceOf(JsonNumber.class);
        assertThat(value.toString()).as(name).matches("-?[0-9]+");
    }

    private static void bool(String name, JsonValue value) {
        assertThat(value).as(name).isIn(JsonValue.TRUE, JsonValue.FALSE);
    }

    private static void object(String name, JsonValue value) {
        assertThat(value).as(name).isInstanceOf(JsonObject.class);
    }

    private static void mount(String name, JsonValue value) {
        assertThat(value instanceof JsonString || value == JsonValue.TRUE)
                .as(name)
                .isTrue();
    }
}
