package com.jamsocket;

import com.jamsocket.internal.Values;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a client runs its backends on a Plane cluster. Immutable; made by {@link #builder(URI)}.
 *
 * <p>A bearer token or fixed headers, where the operator asks for them, are set on {@link Jamsocket.Builder}.
 */
public final class PlaneSettings {

    /** The idle limit of a backend for which none is asked. */
    public static final Duration DEFAULT_MAX_IDLE = Duration.ofMinutes(5);

    private final URI controller;
    private final @Nullable String image;
    private final @Nullable PullPolicy pullPolicy;
    private final @Nullable String cluster;
    private final @Nullable String pool;
    private final @Nullable String namespace;
    private final @Nullable Credentials registry;
    private final Duration maxIdle;

    private PlaneSettings(Builder builder) {
        this.controller = builder.controller;
        this.image = builder.image;
        this.pullPolicy = builder.pullPolicy;
        this.cluster = builder.cluster;
        this.pool = builder.pool;
        this.namespace = builder.namespace;
        this.registry = builder.registry;
        this.maxIdle = builder.maxIdle;
    }

    /** A builder for the controller at this address, which may have a path. */
    public static Builder builder(URI controller) {
        return new Builder(controller);
    }

    /** The address of the controller. */
    public URI controller() {
        return controller;
    }

    /** The image of the backends, without a tag if requests choose one; null if this client starts none. */
    public @Nullable String image() {
        return image;
    }

    /** When a drone pulls the image, or null for the drone's default. */
    public @Nullable PullPolicy pullPolicy() {
        return pullPolicy;
    }

    /** The cluster, or null for the controller's default. */
    public @Nullable String cluster() {
        return cluster;
    }

    /** The pool of drones, or null for the common one. */
    public @Nullable String pool() {
        return pool;
    }

    /** The namespace of keys; null for the client's service, or for none if it has no service. */
    public @Nullable String namespace() {
        return namespace;
    }

    /** What the drone needs to pull the image, or null. */
    public @Nullable Credentials registry() {
        return registry;
    }

    /** The idle limit of a backend for which none is asked, in whole seconds. */
    public Duration maxIdle() {
        return maxIdle;
    }

    /** A builder that has these settings, for a client that differs in some. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PlaneSettings that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    /** Shows the settings without credentials, and of the controller's address no more than scheme, host and port. */
    @Override
    public String toString() {
        String authority = String.valueOf(controller.getRawAuthority());
        return "PlaneSettings[controller=" + controller.getScheme() + "://"
                + authority.substring(authority.lastIndexOf('@') + 1) + ", image=" + image + ", pullPolicy="
                + pullPolicy + ", cluster=" + cluster + ", pool=" + pool + ", namespace=" + namespace + ", registry="
                + registry + ", maxIdle=" + maxIdle + "]";
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(controller, image, pullPolicy, cluster, pool, namespace, registry, maxIdle);
    }

    /** When a drone pulls an image. */
    public enum PullPolicy {
        /** If it does not have it. */
        IF_NOT_PRESENT("IfNotPresent"),
        /** Each time. */
        ALWAYS("Always"),
        /** Never: the drone must have it. */
        NEVER("Never");

        private final String wireName;

        PullPolicy(String wireName) {
            this.wireName = wireName;
        }

        /** The word on the wire, such as {@code IfNotPresent}. */
        public String wireName() {
            return wireName;
        }
    }

    /**
     * A user name and password of an image registry.
     *
     * @param username the name
     * @param password the password, which {@link #toString()} does not show
     */
    public record Credentials(String username, String password) {
        /** Validates that the name is not blank, and that the password is not null. */
        public Credentials {
            Values.requireText(username, "username");
            Objects.requireNonNull(password, "password");
        }

        /** Shows the name only. */
        @Override
        public String toString() {
            return "Credentials[username=" + username + "]";
        }
    }

    /** Builds {@link PlaneSettings}; not safe for use by several threads at once. */
    public static final class Builder {

        private final URI controller;
        private @Nullable String image;
        private @Nullable PullPolicy pullPolicy;
        private @Nullable String cluster;
        private @Nullable String pool;
        private @Nullable String namespace;
        private @Nullable Credentials registry;
        private Duration maxIdle = DEFAULT_MAX_IDLE;

        private Builder(URI controller) {
            this.controller = Objects.requireNonNull(controller, "controller");
        }

        private Builder(PlaneSettings settings) {
            this.controller = settings.controller;
            this.image = settings.image;
            this.pullPolicy = settings.pullPolicy;
            this.cluster = settings.cluster;
            this.pool = settings.pool;
            this.namespace = settings.namespace;
            this.registry = settings.registry;
            this.maxIdle = settings.maxIdle;
        }

        /** The image of the backends. Needed to start any. A request's {@code tag} takes the place of its tag. */
        public Builder image(String image) {
            this.image = Values.requireText(image, "image");
            return this;
        }

        /** When a drone pulls the image. Default: the drone's, if it does not have it. */
        public Builder pullPolicy(PullPolicy pullPolicy) {
            this.pullPolicy = Objects.requireNonNull(pullPolicy, "pullPolicy");
            return this;
        }

        /** The cluster, {@code host} or {@code host:port}. Default: the controller's. */
        public Builder cluster(String cluster) {
            this.cluster = Values.requireText(cluster, "cluster");
            return this;
        }

        /** The pool of drones. Default: the common one. */
        public Builder pool(String pool) {
            this.pool = Values.requireText(pool, "pool");
            return this;
        }

        /** The namespace in which keys are unique. Default: the client's service. */
        public Builder namespace(String namespace) {
            this.namespace = Values.requireText(namespace, "namespace");
            return this;
        }

        /** What the drone needs to pull the image. Default: nothing. */
        public Builder registry(String username, String password) {
            this.registry = new Credentials(username, password);
            return this;
        }

        /**
         * The idle limit of a backend for which none is asked, so that nothing runs for ever unnoticed. Default 300 s.
         *
         * @throws IllegalArgumentException if it is not positive, not of whole seconds, or over 2,147,483,647 s
         */
        public Builder maxIdle(Duration maxIdle) {
            this.maxIdle = Values.requireSeconds(maxIdle, "maxIdle");
            return this;
        }

        /** The settings. */
        public PlaneSettings build() {
            return new PlaneSettings(this);
        }
    }
}
