package com.jamsocket.dev;

import com.jamsocket.SpawnOptions;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.dev.api.JsonText;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.cluster.ConnectSpec;
import com.jamsocket.internal.dev.cluster.Launch;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a backend was started for: all that was asked for by the request that started it.
 *
 * <p>The record may gain components: make it with {@link #builder(String)}.
 *
 * @param backendId the backend's id
 * @param service the service's name in the Jamsocket dialect; the image's in Plane's
 * @param namespace where the key is unique: {@code account/service} in the Jamsocket dialect; Plane's namespace,
 *     which may be empty
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

    /** Validates that what is required is not null, and copies what was given for the user. */
    public LaunchRequest {
        Objects.requireNonNull(backendId, "backendId");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(namespace, "namespace");
        auth = Values.copy(auth);
        Objects.requireNonNull(options, "options");
    }

    /** A builder of what a backend with this id was started for. */
    public static Builder builder(String backendId) {
        return new Builder(backendId);
    }

    /** A builder with everything of this one. */
    public Builder toBuilder() {
        return builder(backendId)
                .service(service)
                .namespace(namespace)
                .key(key)
                .user(user)
                .auth(auth)
                .options(options)
                .lifetimeLimit(lifetimeLimit)
                .maxIdle(maxIdle)
                .fencingToken(fencingToken);
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

    /** Shows it without what may be secret: the user's data, the values of environment variables, the token. */
    @Override
    public String toString() {
        return "LaunchRequest[backendId=" + backendId + ", service=" + service + ", namespace=" + namespace + ", key="
                + key + ", user=" + user + ", auth=" + auth.keySet() + ", options=" + options + ", lifetimeLimit="
                + lifetimeLimit + ", maxIdle=" + maxIdle + "]";
    }

    /**
     * Builds a {@link LaunchRequest}; not safe for use by several threads at once. Defaults: empty names of service and
     * namespace, nothing asked for, and the fencing token 1.
     */
    public static final class Builder {

        private final String backendId;
        private String service = "";
        private String namespace = "";
        private @Nullable String key;
        private @Nullable String user;
        private Map<String, Object> auth = Map.of();
        private SpawnOptions options = SpawnOptions.builder().build();
        private @Nullable Duration lifetimeLimit;
        private @Nullable Duration maxIdle;
        private long fencingToken = 1;

        private Builder(String backendId) {
            this.backendId = backendId;
        }

        /** The name of the service, or of the image. */
        public Builder service(String service) {
            this.service = service;
            return this;
        }

        /** Where the key is unique. */
        public Builder namespace(String namespace) {
            this.namespace = namespace;
            return this;
        }

        /** The key, or null. */
        public Builder key(@Nullable String key) {
            this.key = key;
            return this;
        }

        /** The user, or null. */
        public Builder user(@Nullable String user) {
            this.user = user;
            return this;
        }

        /** What the backend is to know of the user. */
        public Builder auth(Map<String, ?> auth) {
            this.auth = Values.copy(auth);
            return this;
        }

        /** Tag, cluster, mount, environment and resource limits. */
        public Builder options(SpawnOptions options) {
            this.options = options;
            return this;
        }

        /** The limit of its life, or null. */
        public Builder lifetimeLimit(@Nullable Duration lifetimeLimit) {
            this.lifetimeLimit = lifetimeLimit;
            return this;
        }

        /** How long it may be without connections and requests, or null. */
        public Builder maxIdle(@Nullable Duration maxIdle) {
            this.maxIdle = maxIdle;
            return this;
        }

        /** A number that is larger for each later backend. */
        public Builder fencingToken(long fencingToken) {
            this.fencingToken = fencingToken;
            return this;
        }

        /** What the backend was started for. */
        public LaunchRequest build() {
            return new LaunchRequest(
                    backendId, service, namespace, key, user, auth, options, lifetimeLimit, maxIdle, fencingToken);
        }
    }
}
