package com.jamsocket;

import com.jamsocket.internal.Values;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How to start a backend. Immutable; made by {@link #builder()}; what is not set is left to the service's defaults. */
public final class SpawnOptions {

    /** Variables which the platform sets itself. */
    private static final Set<String> RESERVED_ENV = Set.of(
            "PORT",
            "SESSION_BACKEND_ID",
            "SESSION_BACKEND_KEY",
            "SESSION_BACKEND_FENCING_TOKEN",
            "SESSION_BACKEND_STATIC_TOKEN",
            "JAMSOCKET_SERVICE",
            "JAMSOCKET_NAME",
            "JAMSOCKET_URL");

    private final @Nullable String tag;
    private final @Nullable String cluster;
    private final @Nullable Duration lifetimeLimit;
    private final @Nullable Duration maxIdle;
    private final @Nullable Mount mount;
    private final Map<String, String> env;
    private final @Nullable ResourceLimits resourceLimits;

    private SpawnOptions(Builder builder) {
        this.tag = builder.tag;
        this.cluster = builder.cluster;
        this.lifetimeLimit = builder.lifetimeLimit;
        this.maxIdle = builder.maxIdle;
        this.mount = builder.mount;
        this.env = Values.copy(builder.env);
        this.resourceLimits = builder.resourceLimits;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with everything of these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.tag = tag;
        builder.cluster = cluster;
        builder.lifetimeLimit = lifetimeLimit;
        builder.maxIdle = maxIdle;
        builder.mount = mount;
        builder.env.putAll(env);
        builder.resourceLimits = resourceLimits;
        return builder;
    }

    /** The image tag or digest to run instead of the service's current one, or null. */
    public @Nullable String tag() {
        return tag;
    }

    /** The cluster to start it in, or null. */
    public @Nullable String cluster() {
        return cluster;
    }

    /** How long after scheduling the backend is ended, in whole seconds, or null. */
    public @Nullable Duration lifetimeLimit() {
        return lifetimeLimit;
    }

    /** How long the backend may be without connections before it is ended, in whole seconds, or null. */
    public @Nullable Duration maxIdle() {
        return maxIdle;
    }

    /** The persistent directory, or null for none. */
    public @Nullable Mount mount() {
        return mount;
    }

    /** Further environment variables of the process, in the order they were given; empty for none. */
    public Map<String, String> env() {
        return env;
    }

    /** Limits of the process, or null. */
    public @Nullable ResourceLimits resourceLimits() {
        return resourceLimits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SpawnOptions that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    /** Shows the options without the values of environment variables, which may be secrets. */
    @Override
    public String toString() {
        return "SpawnOptions[tag=" + tag + ", cluster=" + cluster + ", lifetimeLimit=" + lifetimeLimit + ", maxIdle="
                + maxIdle + ", mount=" + mount + ", env=" + env.keySet() + ", resourceLimits=" + resourceLimits + "]";
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(tag, cluster, lifetimeLimit, maxIdle, mount, env, resourceLimits);
    }

    /**
     * A persistent directory of the backend.
     *
     * @param path its relative path; null for one that is named by the backend's key
     */
    public record Mount(@Nullable String path) {
        /** Validates that the path is neither blank nor absolute. */
        public Mount {
            if (path != null && Values.requireText(path, "mount").startsWith("/")) {
                throw new IllegalArgumentException("mount must be a relative path, not " + path);
            }
        }
    }

    /** Builds {@link SpawnOptions}; not safe for use by several threads at once. */
    public static final class Builder {

        private @Nullable String tag;
        private @Nullable String cluster;
        private @Nullable Duration lifetimeLimit;
        private @Nullable Duration maxIdle;
        private @Nullable Mount mount;
        private final Map<String, String> env = new LinkedHashMap<>();
        private @Nullable ResourceLimits resourceLimits;

        private Builder() {}

        /**
         * The image tag or digest to run instead of the service's current one.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder tag(String tag) {
            this.tag = Values.requireText(tag, "tag");
            return this;
        }

        /**
         * The cluster to start the backend in.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder cluster(String cluster) {
            this.cluster = Values.requireText(cluster, "cluster");
            return this;
        }

        /**
         * End the backend this long after scheduling.
         *
         * @throws IllegalArgumentException if it is not positive, not of whole seconds, or over 2,147,483,647 s
         */
        public Builder lifetimeLimit(Duration limit) {
            this.lifetimeLimit = Values.requireSeconds(limit, "lifetimeLimit");
            return this;
        }

        /**
         * End the backend after so long without connections. The time counts from scheduling, so that a limit shorter
         * than the start of the process ends it before it is ready.
         *
         * @throws IllegalArgumentException if it is not positive, not of whole seconds, or over 2,147,483,647 s
         */
        public Builder maxIdle(Duration limit) {
            this.maxIdle = Values.requireSeconds(limit, "maxIdle");
            return this;
        }

        /** Whether to give the backend a persistent directory, named by its key. Default: none. */
        public Builder mount(boolean mount) {
            this.mount = mount ? new Mount(null) : null;
            return this;
        }

        /**
         * Give the backend the persistent directory with this relative path.
         *
         * @throws IllegalArgumentException if it is blank or begins with {@code /}
         */
        public Builder mount(String path) {
            this.mount = new Mount(Objects.requireNonNull(path, "path"));
            return this;
        }

        /**
         * Adds environment variables of the process; a later value replaces an earlier one of the same name.
         *
         * @throws IllegalArgumentException if a name is empty, has an {@code =} or is one that the platform sets itself
         *     ({@code PORT}, {@code SESSION_BACKEND_…}, {@code JAMSOCKET_SERVICE|NAME|URL})
         */
        public Builder env(Map<String, String> variables) {
            Set<String> refused = new TreeSet<>(variables.keySet());
            refused.retainAll(RESERVED_ENV);
            if (!refused.isEmpty()) {
                throw new IllegalArgumentException(
                        "the platform sets these environment variables itself: " + String.join(", ", refused));
            }
            variables.forEach((name, value) -> {
                if (name.isEmpty() || name.indexOf('=') >= 0) {
                    throw new IllegalArgumentException("no name of an environment variable: \"" + name + "\"");
                }
                env.put(name, Objects.requireNonNull(value, () -> "the value of " + name));
            });
            return this;
        }

        /** Adds one environment variable, as {@link #env(Map)}. */
        public Builder env(String name, String value) {
            return env(Map.of(name, value));
        }

        /** Limits of the process. */
        public Builder resourceLimits(ResourceLimits limits) {
            this.resourceLimits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /** The options. */
        public SpawnOptions build() {
            return new SpawnOptions(this);
        }
    }
}
