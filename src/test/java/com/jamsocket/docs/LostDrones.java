package com.jamsocket.docs;

import com.jamsocket.ClusterState;
import com.jamsocket.cdi.BackendInfo;
import java.time.Duration;
import java.util.List;

/** Compares what is followed with the cluster. */
class LostDrones {
    // snippet: lostDrones
    /** Backends whose drone is not in the cluster, or has been silent for longer than this. */
    List<BackendInfo> lost(ClusterState cluster, List<BackendInfo> followed, Duration silence) {
        return followed.stream()
                .filter(backend -> backend.drone() != null)
                .filter(backend -> cluster.drone(backend.drone())
                        .filter(drone -> drone.lastHeartbeatAge().compareTo(silence) < 0)
                        .isEmpty())
                .toList();
    }
    // end
}
