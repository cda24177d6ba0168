package com.jamsocket;

import com.jamsocket.internal.Values;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected to the controllers of a Plane cluster.
 *
 * <p>The records may gain components, and their canonical constructors with them, in any minor version. To make them,
 * in tests for example, use {@link #of}, {@link Drone#builder} and {@link Node#builder}, which stay.
 *
 * @param drones the nodes that run backends, oldest first
 * @param proxies the nodes that lead to them, oldest first
 */
public record ClusterState(List<Drone> drones, List<Node> proxies) {

    /** Copies the lists. */
    public ClusterState {
        drones = List.copyOf(drones);
        proxies = List.copyOf(proxies);
    }

    /** A cluster of these drones and proxies. */
    public static ClusterState of(List<Drone> drones, List<Node> proxies) {
        return new ClusterState(drones, proxies);
    }

    /** The drone of this name, if it is connected. */
    public Optional<Drone> drone(String name) {
        Objects.requireNonNull(name, "name");
        return drones.stream().filter(drone -> drone.node().name().equals(name)).findFirst();
    }

    /**
     * How the drone of a backend is, by this look at the cluster. A drone that is restarted is away for a while: take
     * what is lost in two looks a minute apart for lost.
     *
     * @param drone the name of the drone, as {@link ConnectResponse#drone()} has it where the backend was started; null
     *     where nobody has told it
     * @param silence after how long without a sign of life a drone counts as lost
     * @throws IllegalArgumentException if the time is not positive
     */
    public DroneCondition condition(@Nullable String drone, Duration silence) {
        Values.requirePositive(silence, "silence");
        if (drone == null) {
            return DroneCondition.UNKNOWN;
        }
        Drone seen = drone(drone).orElse(null);
        if (seen == null || seen.lastHeartbeatAge().compareTo(silence) >= 0) {
            return DroneCondition.LOST;
        }
        return seen.isDraining() ? DroneCondition.DRAINING : DroneCondition.IN_USE;
    }

    /** How the drone of a backend is. */
    public enum DroneCondition {
        /** It is connected and takes backends. */
        IN_USE,
        /** It is connected, gets no backends any more, and runs those that it has to their end. */
        DRAINING,
        /** It is not connected, or silent: nobody tells of its backends any more, and nothing ends them. */
        LOST,
        /** Nobody has told which drone it is. */
        UNKNOWN
    }

    /**
     * A node of a cluster.
     *
     * @param name its name, such as {@code dr-0abc}
     * @param version its version of Plane
     * @param hash what that was built from; may be empty
     * @param controller the name of the controller that it is connected to
     * @param controllerHeartbeatAge the time since that controller gave a sign of life, in whole seconds
     */
    public record Node(String name, String version, String hash, String controller, Duration controllerHeartbeatAge) {
        /** Validates that nothing is null. */
        public Node {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(hash, "hash");
            Objects.requireNonNull(controller, "controller");
            Objects.requireNonNull(controllerHeartbeatAge, "controllerHeartbeatAge");
        }

        /** A builder of a node of this name. */
        public static Builder builder(String name) {
            return new Builder(name);
        }

        /** A builder with everything of this node. */
        public Builder toBuilder() {
            return new Builder(name)
                    .version(version)
                    .hash(hash)
                    .controller(controller)
                    .controllerHeartbeatAge(controllerHeartbeatAge);
        }

        /** Builds a {@link Node}; not safe for use by several threads at once. Defaults: empty texts, seen just now. */
        public static final class Builder {

            private final String name;
            private String version = "";
            private String hash = "";
            private String controller = "";
            private Duration controllerHeartbeatAge = Duration.ZERO;

            private Builder(String name) {
                this.name = name;
            }

            /** Its version of Plane. */
            public Builder version(String version) {
                this.version = version;
                return this;
            }

            /** What its version was built from. */
            public Builder hash(String hash) {
                this.hash = hash;
                return this;
            }

            /** The name of the controller that it is connected to. */
            public Builder controller(String controller) {
                this.controller = controller;
                return this;
            }

            /** The time since the last heartbeat of that controller. */
            public Builder controllerHeartbeatAge(Duration age) {
                this.controllerHeartbeatAge = age;
                return this;
            }

            /** The node. */
            public Node build() {
                return new Node(name, version, hash, controller, controllerHeartbeatAge);
            }
        }
    }

    /**
     * A node that runs backends.
     *
     * @param node the node
     * @param isReady whether it can run backends
     * @param isDraining whether it gets no new ones, for good
     * @param backendCount the number of its backends that have not ended
     * @param lastHeartbeatAge the time since it gave a sign of life, in whole seconds
     */
    public record Drone(Node node, boolean isReady, boolean isDraining, int backendCount, Duration lastHeartbeatAge) {
        /** Validates that nothing is null. */
        public Drone {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(lastHeartbeatAge, "lastHeartbeatAge");
        }

        /** A builder of a drone that is this node. */
        public static Builder builder(Node node) {
            return new Builder(node);
        }

        /** A builder with everything of this drone. */
        public Builder toBuilder() {
            return new Builder(node)
                    .ready(isReady)
                    .draining(isDraining)
                    .backendCount(backendCount)
                    .lastHeartbeatAge(lastHeartbeatAge);
        }

        /**
         * Builds a {@link Drone}; not safe for use by several threads at once. Defaults: ready, not draining, no
         * backends, seen just now.
         */
        public static final class Builder {

            private final Node node;
            private boolean ready = true;
            private boolean draining;
            private int backendCount;
            private Duration lastHeartbeatAge = Duration.ZERO;

            private Builder(Node node) {
                this.node = node;
            }

            /** Whether it can run backends. */
            public Builder ready(boolean ready) {
                this.ready = ready;
                return this;
            }

            /** Whether it is draining: it gets no new backends, for good. */
            public Builder draining(boolean draining) {
                this.draining = draining;
                return this;
            }

            /** The number of its backends that have not ended. */
            public Builder backendCount(int backendCount) {
                this.backendCount = backendCount;
                return this;
            }

            /** The time since its last heartbeat. */
            public Builder lastHeartbeatAge(Duration age) {
                this.lastHeartbeatAge = age;
                return this;
            }

            /** The drone. */
            public Drone build() {
                return new Drone(node, ready, draining, backendCount, lastHeartbeatAge);
            }
        }
    }
}
