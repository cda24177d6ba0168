package com.jamsocket.internal.dev.api;

import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.internal.dev.cluster.ClusterException.Reason;
import com.jamsocket.internal.dev.cluster.ConnectSpec;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Plane's controller reads, as strictly as it does: null is refused wherever only absence means nothing. */
final class PlaneRequests {

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
        PlaneObject request = PlaneBody.read(body, PlaneBody.CONNECT);
        PlaneObject key = request.member("key");
        PlaneObject spawn = request.member("spawn_config");
        JsonObject auth = request.map("auth");
        if (spawn != null) {
            spawn.require("executable");
        }
        if (key != null) {
            key.require("name");
        }
        PlaneObject config = spawn == null ? PlaneBody.Struct.empty(PlaneBody.SPAWN) : spawn;
        PlaneObject name = key == null ? PlaneBody.Struct.empty(PlaneBody.KEY) : key;
        String pool = config.strictText("pool");
        String cluster = config.looseText("cluster");
        JsonValue executable = config.json().get("executable");
        return new ConnectSpec(
                // No other namespace can begin like this.
                "//" + name.strictText("namespace"),
                key == null ? null : name.strictText("name"),
                name.strictText("tag"),
                spawn != null,
                spawn == null ? null : obstacle(spawn, drones.has(cluster, pool)),
                PlaneExecutable.canStart(executable),
                backendId(config.looseText("id")),
                config.seconds("lifetime_limit_seconds"),
                defaults.maxIdle(null, config.seconds("max_idle_seconds")),
                request.looseText("user"),
                auth.toString(),
                config.strictFlag("use_static_token"),
                config.looseText("subdomain"),
                PlaneExecutable.image(executable),
                PlaneExecutable.options(executable, cluster));
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
        PlaneObject request = PlaneBody.read(body, PlaneBody.REVOKE);
        request.require("backend_id");
        request.require("user");
        return new Revoke(request.strictText("backend_id"), request.strictText("user"));
    }

    /** In the order in which Plane meets them. */
    private static @Nullable Reason obstacle(PlaneObject spawn, boolean drone) {
        Duration lifetime = spawn.seconds("lifetime_limit_seconds");
        if (lifetime != null && lifetime.isNegative()) {
            return Reason.BREAKS;
        }
        if (!drone) {
            return Reason.NO_DRONE;
        }
        return spawn.json().toString().getBytes(StandardCharsets.UTF_8).length > MAX_SPAWN ? Reason.TOO_LARGE : null;
    }

    /** Plane takes any text here, and fails whenever it is to read it; it would split answers and paths besides. */
    private static @Nullable String backendId(@Nullable String id) {
        if (id != null && !BACKEND_ID.matcher(id).matches()) {
            throw new IllegalStateException("Internal error.");
        }
        return id;
    }
}
