package com.jamsocket.internal.wire;

import com.jamsocket.ConnectRequest;
import com.jamsocket.PlaneOptions;
import com.jamsocket.PlaneSettings;
import com.jamsocket.SpawnOptions;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@link ConnectRequest} as the JSON of Plane, where it is filled up with the client's settings. Absent is left out:
 * Plane refuses null in most places.
 *
 * @param settings how the client runs its backends
 * @param service the client's service, or null
 */
record PlaneConnectMapping(PlaneSettings settings, @Nullable String service) {

    private static final PlaneOptions NO_OPTIONS = PlaneOptions.builder().build();
    private static final SpawnOptions NO_SPAWN_OPTIONS = SpawnOptions.builder().build();

    /**
     * The text of a request.
     *
     * @throws IllegalArgumentException if Plane would refuse it, or take it and then fail
     */
    String text(ConnectRequest request) {
        PlaneOptions options = Objects.requireNonNullElse(request.plane(), NO_OPTIONS);
        JsonObjectBuilder json = Json.object();
        String key = request.key();
        if (key != null) {
            json.add("key", key(key, options));
        } else {
            requireNoKey(request, options);
        }
        if (request.spawn()) {
            json.add(
                    "spawn_config",
                    spawnConfig(Objects.requireNonNullElse(request.spawnOptions(), NO_SPAWN_OPTIONS), options));
        }
        String user = request.user();
        if (user != null) {
            PlaneLimits.name(user, "the user");
        }
        ConnectRequestMapping.addUser(json, request);
        return PlaneLimits.text(json.build());
    }

    private static void requireNoKey(ConnectRequest request, PlaneOptions options) {
        if (options.keyTag() != null || options.namespace() != null) {
            throw new IllegalArgumentException("a namespace or a key tag belongs to a key, and there is none");
        }
        if (!request.spawn()) {
            throw new IllegalArgumentException(
                    "without a key there is no backend to find, and spawn(false) allows none to be started");
        }
    }

    private JsonObject key(String key, PlaneOptions options) {
        JsonObjectBuilder json = Json.object().add("name", PlaneLimits.name(key, "the key"));
        addName(json, "namespace", first(options.namespace(), settings.namespace(), service));
        addName(json, "tag", options.keyTag());
        return json.build();
    }

    private JsonObject spawnConfig(SpawnOptions spawn, PlaneOptions options) {
        JsonObjectBuilder json = Json.object();
        StateMapping.addText(json, "id", options.backendId());
        String cluster = first(spawn.cluster(), settings.cluster());
        if (cluster != null) {
            json.add("cluster", PlaneLimits.cluster(cluster));
        }
        addName(json, "pool", first(options.pool(), settings.pool()));
        json.add("executable", executable(spawn, options));
        ConnectRequestMapping.addLimits(json, spawn);
        if (spawn.maxIdle() == null) {
            json.add("max_idle_seconds", settings.maxIdle().toSeconds());
        }
        if (options.staticToken()) {
            json.add("use_static_token", true);
        }
        StateMapping.addText(json, "subdomain", options.subdomain());
        return json.build();
    }

    private JsonObject executable(SpawnOptions spawn, PlaneOptions options) {
        JsonObjectBuilder json = Json.object().add("image", image(spawn));
        PlaneSettings.PullPolicy pullPolicy = settings.pullPolicy();
        StateMapping.addText(json, "pull_policy", pullPolicy == null ? null : pullPolicy.wireName());
        PlaneSettings.Credentials registry = settings.registry();
        if (registry != null) {
            Secrets.received(registry.password());
            json.add(
                    "credentials",
                    Json.object().add("username", registry.username()).add("password", registry.password()));
        }
        ConnectRequestMapping.executable(spawn).forEach(json::add);
        StateMapping.addText(json, "network_name", options.network());
        return json.build();
    }

    private String image(SpawnOptions spawn) {
        String image = settings.image();
        if (image == null) {
            throw new IllegalArgumentException(
                    "to start a backend Plane needs an image: set PlaneSettings.Builder.image"
                            + " (jamsocket.plane-image, JAMSOCKET_PLANE_IMAGE), or connect with spawn(false)");
        }
        String tag = spawn.tag();
        return tag == null ? image : ImageName.withTag(image, tag);
    }

    private static void addName(JsonObjectBuilder json, String name, @Nullable String text) {
        StateMapping.addText(json, name, text == null ? null : PlaneLimits.name(text, "the " + name));
    }

    /** The first of these that is there. */
    private static @Nullable String first(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
