package com.jamsocket.internal.wire;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ResourceLimits;
import com.jamsocket.SpawnOptions;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@link ConnectRequest} as the JSON of the Jamsocket API. Absent is left out; null is never written. */
public final class ConnectRequestMapping {

    private ConnectRequestMapping() {}

    /** Writes a request. */
    public static JsonObject write(ConnectRequest request) {
        JsonObjectBuilder json = Json.object();
        StateMapping.addText(json, "key", request.key());
        SpawnOptions options = request.spawnOptions();
        if (options != null) {
            json.add("spawn", write(options));
        } else if (!request.spawn()) {
            json.add("spawn", false);
        }
        addUser(json, request);
        return json.build();
    }

    static void addUser(JsonObjectBuilder json, ConnectRequest request) {
        StateMapping.addText(json, "user", request.user());
        Map<String, Object> auth = request.auth();
        if (auth != null) {
            json.add("auth", Json.fromMap(auth));
        }
    }

    private static JsonObject write(SpawnOptions options) {
        JsonObjectBuilder json = Json.object();
        StateMapping.addText(json, "tag", options.tag());
        StateMapping.addText(json, "cluster", options.cluster());
        addLimits(json, options);
        JsonObject executable = executable(options);
        if (!executable.isEmpty()) {
            json.add("executable", executable);
        }
        return json.build();
    }

    static void addLimits(JsonObjectBuilder json, SpawnOptions options) {
        addSeconds(json, "lifetime_limit_seconds", options.lifetimeLimit());
        addSeconds(json, "max_idle_seconds", options.maxIdle());
    }

    /** What both servers call by the same names: mount, env and resource limits. */
    static JsonObject executable(SpawnOptions options) {
        JsonObjectBuilder json = Json.object();
        SpawnOptions.Mount mount = options.mount();
        if (mount != null) {
            addMount(json, mount.path());
        }
        if (!options.env().isEmpty()) {
            json.add("env", Json.fromMap(options.env()));
        }
        ResourceLimits limits = options.resourceLimits();
        if (limits != null) {
            json.add("resource_limits", write(limits));
        }
        return json.build();
    }

    private static void addMount(JsonObjectBuilder json, @Nullable String path) {
        if (path == null) {
            json.add("mount", true);
        } else {
            json.add("mount", path);
        }
    }

    private static JsonObject write(ResourceLimits limits) {
        JsonObjectBuilder json = Json.object();
        Duration period = limits.cpuPeriod();
        if (period != null) {
            json.add("cpu_period", TimeUnit.MICROSECONDS.convert(period));
        }
        Integer percent = limits.cpuPeriodPercent();
        if (percent != null) {
            json.add("cpu_period_percent", percent);
        }
        addSeconds(json, "cpu_time_limit", limits.cpuTimeLimit());
        addNumber(json, "memory_limit_bytes", limits.memoryLimitBytes());
        addNumber(json, "disk_limit_bytes", limits.diskLimitBytes());
        return json.build();
    }

    /**
     * Reads a request; unknown fields are ignored.
     *
     * @throws com.jamsocket.JamsocketProtocolException if a field is of the wrong type
     * @throws IllegalArgumentException if a value is one that the request refuses
     */
    public static ConnectRequest read(JsonObject json) {
        ConnectRequest.Builder request = ConnectRequest.builder();
        ifPresent(Json.text(json, "key"), request::key);
        if (json.get("spawn") instanceof JsonObject options) {
            request.spawn(spawnOptions(options));
        } else {
            ifPresent(Json.bool(json, "spawn"), request::spawn);
        }
        ifPresent(Json.text(json, "user"), request::user);
        ifPresent(Json.object(json, "auth"), auth -> request.auth(Json.toMap(auth)));
        return request.build();
    }

    private static SpawnOptions spawnOptions(JsonObject json) {
        SpawnOptions.Builder options = SpawnOptions.builder();
        ifPresent(Json.text(json, "tag"), options::tag);
        ifPresent(Json.text(json, "cluster"), options::cluster);
        ifPresent(Json.seconds(json, "lifetime_limit_seconds"), options::lifetimeLimit);
        ifPresent(Json.seconds(json, "max_idle_seconds"), options::maxIdle);
        ifPresent(Json.object(json, "executable"), executable -> readExecutable(executable, options));
        return options.build();
    }

    private static void readExecutable(JsonObject json, SpawnOptions.Builder options) {
        if (json.get("mount") instanceof JsonString path) {
            options.mount(path.getString());
        } else {
            ifPresent(Json.bool(json, "mount"), options::mount);
        }
        ifPresent(Json.object(json, "env"), env -> env.keySet()
                .forEach(name -> options.env(name, Json.requiredText(env, name))));
        ifPresent(Json.object(json, "resource_limits"), limits -> options.resourceLimits(resourceLimits(limits)));
    }

    private static ResourceLimits resourceLimits(JsonObject json) {
        ResourceLimits.Builder limits = ResourceLimits.builder();
        ifPresent(Json.integer(json, "cpu_period"), micros -> limits.cpuPeriod(Duration.of(micros, ChronoUnit.MICROS)));
        ifPresent(Json.int32(json, "cpu_period_percent"), limits::cpuPeriodPercent);
        ifPresent(Json.seconds(json, "cpu_time_limit"), limits::cpuTimeLimit);
        ifPresent(Json.integer(json, "memory_limit_bytes"), limits::memoryLimitBytes);
        ifPresent(Json.integer(json, "disk_limit_bytes"), limits::diskLimitBytes);
        return limits.build();
    }

    private static <T> void ifPresent(@Nullable T value, Consumer<T> use) {
        if (value != null) {
            use.accept(value);
        }
    }

    private static void addSeconds(JsonObjectBuilder json, String name, @Nullable Duration duration) {
        addNumber(json, name, duration == null ? null : duration.toSeconds());
    }

    private static void addNumber(JsonObjectBuilder json, String name, @Nullable Long number) {
        if (number != null) {
            json.add(name, number);
        }
    }
}
