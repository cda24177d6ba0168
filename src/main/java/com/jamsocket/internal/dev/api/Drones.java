package com.jamsocket.internal.dev.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where this server's drone is: in each of these clusters, and in each of these pools.
 *
 * @param clusters the clusters that it stands for
 * @param pools the pools; the empty one is that of drones without a pool
 */
record Drones(Set<String> clusters, Set<String> pools) {

    /** Whether there is one; without a cluster it is the default one's. */
    boolean has(@Nullable String cluster, String pool) {
        return (cluster == null || has(cluster)) && pools.contains(pool);
    }

    /** Whether a cluster has one. */
    boolean has(String cluster) {
        return clusters.contains(cluster);
    }
}
