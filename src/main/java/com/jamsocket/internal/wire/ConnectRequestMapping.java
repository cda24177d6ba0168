package com.jamsocket.internal.wire;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ResourceLimits;
import com.jamsocket.SpawnOptions;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
            String path = mount.path();
            json.add(
                    "mount",
                    path == null
                            ? JsonValue.TRUE
                            : Json.fromMap(Map.of("path", path)).get("path"));
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
        String key = Json.text(json, "key");
        if (key != null) {
            request.key(key);
        }
        if (json.get("spawn") instanceof JsonObject options) {
            request.spawn(spawnOptions(options));
        } else {
            request.spawn(!Boolean.FALSE.equals(Json.bool(json, "spawn")));
        }
        String user = Json.text(json, "user");
        if (user != null) {
            request.user(user);
        }
        JsonObject auth = Json.object(json, "auth");
        if (auth != null) {
            request.auth(Json.toMap(auth));
        }
        return request.build();
    }

    private static SpawnOptions spawnOptions(JsonObject json) {
        SpawnOptions.Builder options = SpawnOptions.builder();
        String tag = Json.text(json, "tag");
        if (tag != null) {
            options.tag(tag);
        }
        String cluster = Json.text(json, "cluster");
        if (cluster != null) {
            options.cluster(cluster);
        }
        Long lifetime = Json.integer(json, "lifetime_limit_seconds");
        if (lifetime != null) {
            options.lifetimeLimit(Duration.ofSeconds(lifetime));
        }
        Long idle = Json.integer(json, "max_idle_seconds");
        if (idle != null) {
            options.maxIdle(Duration.ofSeconds(idle));
        }
        JsonObject executable = Json.object(json, "executable");
        if (executable != null) {
            readExecutable(executable, options);
        }
        return options.build();
    }

    private static void readExecutable(JsonObject json, SpawnOptions.Builder options) {
        if (json.get("mount") instanceof JsonString path) {
            options.mount(path.getString());
        } else {
            options.mount(Boolean.TRUE.equals(Json.bool(json, "mount")));
        }
        JsonObject env = Json.object(json, "env");
        if (env != null) {
            Map<String, String> variables = new LinkedHashMap<>();
            env.keySet().forEach(name -> variables.put(name, Json.requiredText(env, name)));
            options.env(variables);
        }
        JsonObject limits = Json.object(json, "resource_limits");
        if (limits != null) {
            options.resourceLimits(resourceLimits(limits));
        }
    }

    private static ResourceLimits resourceLimits(JsonObject json) {
        ResourceLimits.Builder limits = ResourceLimits.builder();
        Long period = Json.integer(json, "cpu_period");
        if (period != null) {
            limits.cpuPeriod(Duration.of(period, ChronoUnit.MICROS));
        }
        Long percent = Json.integer(json, "cpu_period_percent");
        if (percent != null) {
            limits.cpuPeriodPercent(Math.toIntExact(percent));
        }
        Long time = Json.integer(json, "cpu_time_limit");
        if (time != null) {
            limits.cpuTimeLimit(Duration.ofSeconds(time));
        }
        Long memory = Json.integer(json, "memory_limit_bytes");
        if (memory != null) {
            limits.memoryLimitBytes(memory);
        }
        Long disk = Json.integer(json, "disk_limit_bytes");
        if (disk != null) {
            limits.diskLimitBytes(disk);
        }
        return limits.build();
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
