package com.jamsocket;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who is connected to the controllers of a Plane cluster.
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

    /** The drone of this name, if it is connected. */
    public Optional<Drone> drone(String name) {
        Objects.requireNonNull(name, "name");
        return drones.stream().filter(drone -> drone.node().name().equals(name)).findFirst();
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
        /** Refuses nulls. */
        public Node {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(hash, "hash");
            Objects.requireNonNull(controller, "controller");
            Objects.requireNonNull(controllerHeartbeatAge, "controllerHeartbeatAge");
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
        /** Refuses nulls. */
        public Drone {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(lastHeartbeatAge, "lastHeartbeatAge");
        }
    }
}
