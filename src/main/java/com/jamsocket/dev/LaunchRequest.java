package com.jamsocket.dev;

import com.jamsocket.SpawnOptions;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.dev.api.JsonText;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.cluster.ConnectSpec;
import com.jamsocket.internal.dev.cluster.Launch;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a backend was started for: all that was asked for by the request that started it.
 *
 * @param backendId the backend's id
 * @param service the service's name in the Jamsocket dialect; the image's in Plane's
 * @param namespace where the key is unique: {@code account/service} in the Jamsocket dialect; Plane's namespace,
 *     which may
 *     be empty
 * @param key the key, or null
 * @param user the user, or null
 * @param auth what the backend is to know of the user; empty if nothing was given
 * @param options tag, cluster, mount, environment and resource limits, of which the server applies the mount and the
 *     environment
 * @param lifetimeLimit the limit of its life, or null
 * @param maxIdle how long it may be without connections and requests, or null
 * @param fencingToken a number that is larger for each later backend
 */
public record LaunchRequest(
        String backendId,
        String service,
        String namespace,
        @Nullable String key,
        @Nullable String user,
        Map<String, Object> auth,
        SpawnOptions options,
        @Nullable Duration lifetimeLimit,
        @Nullable Duration maxIdle,
        long fencingToken) {

    /** Copies what was given for the user. */
    public LaunchRequest {
        auth = Values.copy(auth);
    }

    static LaunchRequest of(Launch launch) {
        return of(launch.backendId(), launch.spec(), launch.fencingToken());
    }

    static LaunchRequest of(Backend backend) {
        return of(backend.id(), backend.spec(), backend.fencingToken());
    }

    private static LaunchRequest of(String id, ConnectSpec spec, long fencingToken) {
        return new LaunchRequest(
                id,
                spec.service(),
                Namespaces.shown(spec.namespace()),
                spec.key(),
                spec.user(),
                JsonText.map(spec.auth()),
                spec.options(),
                spec.lifetimeLimit(),
                spec.maxIdle(),
                fencingToken);
    }

    /** Shows it without what may be secret: the user's data, and the values of environment variables. */
    @Override
    public String toString() {
        return "LaunchRequest[backendId=" + backendId + ", service=" + service + ", namespace=" + namespace + ", key="
                + key
                + ", user=" + user + ", auth=" + auth.keySet() + ", options=" + options + ", lifetimeLimit="
                + lifetimeLimit
                + ", maxIdle=" + maxIdle + "]";
    }
}
