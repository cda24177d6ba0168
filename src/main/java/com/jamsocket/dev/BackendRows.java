package com.jamsocket.dev;

import com.jamsocket.internal.dev.cluster.Cluster;
import java.time.Instant;
import java.util.List;

/**
 * What the terminal shows of all backends, at one moment.
 *
 * @param now the moment
 * @param running those that have not ended, oldest first
 * @param ended how many have
 */
record BackendRows(Instant now, List<BackendRow> running, int ended) {

    static BackendRows of(Cluster cluster) {
        List<BackendRow> running = cluster.all().stream()
                .filter(backend -> !backend.isOver())
                .map(BackendRow::of)
                .toList();
        return new BackendRows(cluster.now(), running, cluster.spawnCount() - running.size());
    }

    String summary() {
        return running.size() + " running, " + ended + " ended";
    }
}
