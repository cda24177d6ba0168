package com.jamsocket;

import com.jamsocket.internal.Values;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ConnectRequest} can ask of Plane beyond what a Jamsocket API knows. Immutable; made by
 * {@link #builder()}; what is not set follows the client's settings.
 */
public final class PlaneOptions {

    private static final Pattern BACKEND_ID = Pattern.compile("[a-z0-9-]{1,45}");
    private static final Pattern SUBDOMAIN = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private final @Nullable String namespace;
    private final @Nullable String keyTag;
    private final @Nullable String backendId;
    private final @Nullable String pool;
    private final @Nullable String subdomain;
    private final boolean staticToken;
    private final @Nullable String network;

    private PlaneOptions(Builder builder) {
        this.namespace = builder.namespace;
        this.keyTag = builder.keyTag;
        this.backendId = builder.backendId;
        this.pool = builder.pool;
        this.subdomain = builder.subdomain;
        this.staticToken = builder.staticToken;
        this.network = builder.network;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with everything of these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.namespace = namespace;
        builder.keyTag = keyTag;
        builder.backendId = backendId;
        builder.pool = pool;
        builder.subdomain = subdomain;
        builder.staticToken = staticToken;
        builder.network = network;
        return builder;
    }

    /** The namespace of the key, or null for that of the client. */
    public @Nullable String namespace() {
        return namespace;
    }

    /** The tag of the key, or null for none. */
    public @Nullable String keyTag() {
        return keyTag;
    }

    /** The id for a new backend, or null for a random one. */
    public @Nullable String backendId() {
        return backendId;
    }

    /** The pool of drones to start it in, or null for that of the client. */
    public @Nullable String pool() {
        return pool;
    }

    /** The subdomain of the connection URL, or null for none. */
    public @Nullable String subdomain() {
        return subdomain;
    }

    /** Whether the backend gets one token for its whole life, which everybody shares. */
    public boolean staticToken() {
        return staticToken;
    }

    /** The container network, or null for the drone's own. */
    public @Nullable String network() {
        return network;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PlaneOptions that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "PlaneOptions[namespace=" + namespace + ", keyTag=" + keyTag + ", backendId=" + backendId + ", pool="
                + pool + ", subdomain=" + subdomain + ", staticToken=" + staticToken + ", network=" + network + "]";
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(namespace, keyTag, backendId, pool, subdomain, staticToken, network);
    }

    /** Builds {@link PlaneOptions}; not safe for use by several threads at once. */
    public static final class Builder {

        private @Nullable String namespace;
        private @Nullable String keyTag;
        private @Nullable String backendId;
        private @Nullable String pool;
        private @Nullable String subdomain;
        private boolean staticToken;
        private @Nullable String network;

        private Builder() {}

        /**
         * The namespace in which the key is unique.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder namespace(String namespace) {
            this.namespace = Values.requireText(namespace, "namespace");
            return this;
        }

        /**
         * A tag of the key: connecting with a held key and another tag is refused with {@link KeyHeldException}.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder keyTag(String keyTag) {
            this.keyTag = Values.requireText(keyTag, "keyTag");
            return this;
        }

        /**
         * The id for a new backend.
         *
         * @throws IllegalArgumentException if it is not 1 to 45 of {@code a-z 0-9 -}
         */
        public Builder backendId(String backendId) {
            if (!BACKEND_ID.matcher(backendId).matches()) {
                throw new IllegalArgumentException(
                        "a backend id has 1 to 45 characters of a-z, 0-9 and -; this is none: \"" + backendId + "\"");
            }
            this.backendId = backendId;
            return this;
        }

        /**
         * The pool of drones to start the backend in.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder pool(String pool) {
            this.pool = Values.requireText(pool, "pool");
            return this;
        }

        /**
         * A subdomain for the connection URL.
         *
         * @throws IllegalArgumentException if it is not 1 to 63 letters, digits and {@code -}, with no {@code -} at its
         *     ends
         */
        public Builder subdomain(String subdomain) {
            if (!SUBDOMAIN.matcher(subdomain).matches()) {
                throw new IllegalArgumentException("a subdomain has 1 to 63 letters, digits and -, with no - at its"
                        + " ends; this is none: \"" + subdomain + "\"");
            }
            this.subdomain = subdomain;
            return this;
        }

        /** Whether to give the backend one token for its whole life, which everybody shares. Default false. */
        public Builder staticToken(boolean staticToken) {
            this.staticToken = staticToken;
            return this;
        }

        /**
         * The container network of the backend.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder network(String network) {
            this.network = Values.requireText(network, "network");
            return this;
        }

        /** The options. */
        public PlaneOptions build() {
            return new PlaneOptions(this);
        }
    }
}
