package com.jamsocket;

import com.jamsocket.internal.JsonValues;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.json.ConnectRequestBinding;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a backend: the one that holds a key, or a new one. Immutable; made by {@link #builder()}.
 *
 * <p>Defaults: no key (a new backend each time), spawn with the service's defaults, no user, no auth, no
 * labels.
 */
@JsonbTypeSerializer(ConnectRequestBinding.class)
@JsonbTypeDeserializer(ConnectRequestBinding.class)
public final class ConnectRequest {

    private final @Nullable String key;
    private final boolean spawn;
    private final @Nullable SpawnOptions spawnOptions;
    private final @Nullable String user;
    private final @Nullable Map<String, Object> auth;
    private final @Nullable Duration waitForEnding;
    private final @Nullable PlaneOptions plane;
    private final Map<String, String> labels;

    private ConnectRequest(Builder builder) {
        this.key = builder.key;
        this.spawn = builder.spawn;
        this.spawnOptions = builder.spawnOptions;
        this.user = builder.user;
        this.auth = builder.auth;
        this.waitForEnding = builder.waitForEnding;
        this.plane = builder.plane;
        this.labels = Values.copy(builder.labels);
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with everything of this request. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.key = key;
        builder.spawn = spawn;
        builder.spawnOptions = spawnOptions;
        builder.user = user;
        builder.auth = auth;
        builder.waitForEnding = waitForEnding;
        builder.plane = plane;
        builder.labels.putAll(labels);
        return builder;
    }

    /** The key, or null for a new backend each time. */
    public @Nullable String key() {
        return key;
    }

    /** Whether a backend may be started if none holds the key. */
    public boolean spawn() {
        return spawn;
    }

    /** How to start a backend; null for the service's defaults, and where none may be started. */
    public @Nullable SpawnOptions spawnOptions() {
        return spawnOptions;
    }

    /** The user for whom the connection is made, or null. */
    public @Nullable String user() {
        return user;
    }

    /** What the backend is to know of the user: a JSON object, or null. Unmodifiable in depth. */
    public @Nullable Map<String, Object> auth() {
        return auth;
    }

    /** How long to wait for the end of an ending backend that holds the key; null not to wait. */
    public @Nullable Duration waitForEnding() {
        return waitForEnding;
    }

    /** What only Plane understands, or null. */
    public @Nullable PlaneOptions plane() {
        return plane;
    }

    /**
     * What the application itself wants to know of the backend, in the order it was given; empty for nothing. It is
     * never sent, nor written as JSON: the events of an injected client carry it.
     */
    public Map<String, String> labels() {
        return labels;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectRequest that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    /** Shows what is asked for, without the user's data and the labels. */
    @Override
    public String toString() {
        return "ConnectRequest[key=" + key + ", spawn=" + (spawnOptions == null ? spawn : spawnOptions)
                + ", waitForEnding=" + waitForEnding + ", plane=" + plane + "]";
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(key, spawn, spawnOptions, user, auth, waitForEnding, plane, labels);
    }

    /** Builds a {@link ConnectRequest}; not safe for use by several threads at once. */
    public static final class Builder {

        private @Nullable String key;
        private boolean spawn = true;
        private @Nullable SpawnOptions spawnOptions;
        private @Nullable String user;
        private @Nullable Map<String, Object> auth;
        private @Nullable Duration waitForEnding;
        private @Nullable PlaneOptions plane;
        private final Map<String, String> labels = new LinkedHashMap<>();

        private Builder() {}

        /**
         * The key, unique among the running backends of a service: while a backend holds it, connecting with it gives
         * that backend. Any text; at most 128 characters on Jamsocket, 255 on Plane, which the client checks.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder key(String key) {
            this.key = Values.requireText(key, "key");
            return this;
        }

        /** Whether to start a backend, with the service's defaults, if none holds the key. Default true. */
        public Builder spawn(boolean spawn) {
            this.spawn = spawn;
            this.spawnOptions = null;
            return this;
        }

        /** Start a backend in this way if none holds the key. */
        public Builder spawn(SpawnOptions options) {
            this.spawn = true;
            this.spawnOptions = Objects.requireNonNull(options, "options");
            return this;
        }

        /**
         * The user for whom the connection is made. The backend receives it as the header {@code x-verified-username},
         * in UTF-8.
         *
         * @throws IllegalArgumentException if it is blank, or no header can have it: with a control character other
         *     than a TAB, or with a space or TAB at an end, which HTTP takes away, so that it would be another's name
         */
        public Builder user(String user) {
            this.user = Values.requireHeaderText(Values.requireText(user, "user"), "user");
            return this;
        }

        /**
         * What the backend is to know of the user: a JSON object which it receives as the header
         * {@code x-verified-user-data}. The map is copied in depth.
         *
         * @param auth values may be null, {@link String}, {@link Boolean}, whole and decimal numbers of the types in
         *     {@code java.lang} and {@code java.math}, and {@link List} and {@link Map} of these, up to 100 deep;
         *     numbers are kept as {@link Integer}, {@link Long} or {@link java.math.BigDecimal}
         * @throws IllegalArgumentException if there is a value of another type, a number that JSON has no form for, or
         *     text that is no Unicode
         */
        public Builder auth(Map<String, ?> auth) {
            this.auth = JsonValues.object(auth, "auth");
            return this;
        }

        /**
         * If the key is held by a backend that is ending, wait up to this long for its end and connect again, rather
         * than return the ending backend. Default: not to wait.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder waitForEnding(Duration limit) {
            this.waitForEnding = Values.requirePositive(limit, "waitForEnding");
            return this;
        }

        /** What only Plane understands; a Jamsocket API refuses a request that has it. */
        public Builder plane(PlaneOptions plane) {
            this.plane = Objects.requireNonNull(plane, "plane");
            return this;
        }

        /**
         * What the application itself wants to know of the backend, such as the tenant it is for. It is never sent:
         * observers of an injected client find it in their events. A second value for a name replaces the first.
         *
         * @throws IllegalArgumentException if the name is blank
         */
        public Builder label(String name, String value) {
            labels.put(Values.requireText(name, "label"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Several {@linkplain #label labels}, beside those which were given before. */
        public Builder labels(Map<String, String> labels) {
            labels.forEach(this::label);
            return this;
        }

        /** The request. */
        public ConnectRequest build() {
            return new ConnectRequest(this);
        }
    }
}
