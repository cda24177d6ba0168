package com.jamsocket.docs;

// snippet: lostDrones
import com.jamsocket.ClusterState;
import com.jamsocket.ClusterState.DroneCondition;
import com.jamsocket.cdi.BackendInfo;
import java.time.Duration;
import java.util.List;

public final class LostDrones {

    /** Backends whose drone is not in the cluster, or has been silent for longer than this. */
    static List<BackendInfo> lost(ClusterState cluster, List<BackendInfo> followed, Duration silence) {
        return followed.stream()
                .filter(backend -> cluster.condition(backend.drone(), silence) == DroneCondition.LOST)
                .toList();
    }
}
// end
