package com.jamsocket.cdi;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.internal.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What this application knows of a backend that it follows: by its own call of {@code connect}, or as it told
 * {@link BackendFollower}. It is no word of the server, and holds no secret.
 *
 * <p>Where several calls return one and the same backend, it is that of the call which began the following, until the
 * answer to the one which started the backend is there: that takes its place.
 *
 * <p>The record may gain components: make it with {@link #builder(String)}.
 *
 * @param backendId the id of the backend
 * @param client the name of the client that follows it; empty for the client without a name
 * @param key the key, or null
 * @param user the user for whom the connection was made, or null
 * @param labels the labels of the {@link ConnectRequest}; empty for none. Unmodifiable.
 * @param drone the drone that runs the backend, where the server told it (Plane, to the call that started the backend),
 *     or null
 * @param startedHere whether a call of this application in this JVM started the backend, as its answer said. A further
 *     call that finds it by its key changes nothing. False where that answer was lost and the key asked for again, and
 *     on other nodes.
 * @param expires when the server ends the backend by the lifetime limit that was sent, by the clock of this JVM; null
 *     if no limit was sent, or another call started the backend
 */
public record BackendInfo(
        String backendId,
        String client,
        @Nullable String key,
        @Nullable String user,
        Map<String, String> labels,
        @Nullable String drone,
        boolean startedHere,
        @Nullable Instant expires) {

    /** Validates the id, and copies the labels. */
    public BackendInfo {
        Values.requireBackendId(backendId);
        Objects.requireNonNull(client, "client");
        labels = Values.copy(labels);
    }

    /** A builder that knows nothing but the id. */
    public static Builder builder(String backendId) {
        return new Builder(backendId);
    }

    /** What a call of {@code connect} tells of its backend. */
    public static BackendInfo of(ConnectRequest request, ConnectResponse response) {
        return of(request, response, Instant.now());
    }

    static BackendInfo of(ConnectRequest request, ConnectResponse response, Instant now) {
        var options = request.spawnOptions();
        Duration limit = response.spawned() && options != null ? options.lifetimeLimit() : null;
        return builder(response.backendId())
                .key(request.key())
                .user(request.user())
                .labels(request.labels())
                .drone(response.drone())
                .startedHere(response.spawned())
                .expires(limit == null ? null : now.plus(limit))
                .build();
    }

    /** A builder with everything of this one. */
    public Builder toBuilder() {
        return builder(backendId)
                .client(client)
                .key(key)
                .user(user)
                .labels(labels)
                .drone(drone)
                .startedHere(startedHere)
                .expires(expires);
    }

    /** Shows what is known of the backend, without its user and the labels. */
    @Override
    public String toString() {
        return "BackendInfo[backendId=" + backendId + ", client=" + client + ", key=" + key + ", drone=" + drone
                + ", startedHere=" + startedHere + ", expires=" + expires + "]";
    }

    /** Builds a {@link BackendInfo}; not safe for use by several threads at once. */
    public static final class Builder {

        private final String backendId;
        private String client = "";
        private @Nullable String key;
        private @Nullable String user;
        private final Map<String, String> labels = new LinkedHashMap<>();
        private @Nullable String drone;
        private boolean startedHere;
        private @Nullable Instant expires;

        private Builder(String backendId) {
            this.backendId = Values.requireBackendId(backendId);
        }

        /** The name of the client. A {@link BackendFollower} puts that of its own here. Default: empty. */
        public Builder client(String name) {
            this.client = Objects.requireNonNull(name, "name");
            return this;
        }

        /** The key, or null. */
        public Builder key(@Nullable String key) {
            this.key = key;
            return this;
        }

        /** The user for whom the connection was made, or null. */
        public Builder user(@Nullable String user) {
            this.user = user;
            return this;
        }

        /** A label. */
        public Builder label(String name, String value) {
            labels.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Several labels, beside those which were given before. */
        public Builder labels(Map<String, String> labels) {
            labels.forEach(this::label);
            return this;
        }

        /** The drone that runs the backend, or null. */
        public Builder drone(@Nullable String drone) {
            this.drone = drone;
            return this;
        }

        /** Whether a call of this application started the backend. Default false. */
        public Builder startedHere(boolean startedHere) {
            this.startedHere = startedHere;
            return this;
        }

        /** When the server ends the backend by its lifetime limit, or null. */
        public Builder expires(@Nullable Instant time) {
            this.expires = time;
            return this;
        }

        /** What is known of the backend. */
        public BackendInfo build() {
            return new BackendInfo(backendId, client, key, user, labels, drone, startedHere, expires);
        }
    }
}
