package com.jamsocket.internal.dev.terminal;

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
public record BackendRows(Instant now, List<BackendRow> running, int ended) {

    public static BackendRows of(Cluster cluster) {
        List<BackendRow> running = cluster.all().stream()
                .filter(backend -> !backend.isOver())
                .map(BackendRow::of)
                .toList();
        return new BackendRows(cluster.now(), running, cluster.spawnCount() - running.size());
    }

    public String summary() {
        return running.size() + " running, " + ended + " ended";
    }
}
