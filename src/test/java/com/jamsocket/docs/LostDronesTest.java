package com.jamsocket.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.ClusterState;
import com.jamsocket.cdi.BackendInfo;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostDronesTest {

    @Test
    void backendsOfDronesThatAreAwayOrSilentAreLostAndThoseOfUnknownOnesAreNot() {
        ClusterState cluster = ClusterState.of(List.of(drone("dr-a", 3), drone("dr-b", 300)), List.of());

        assertThat(LostDrones.lost(
                        cluster, List.of(on("dr-a"), on("dr-b"), on("dr-gone"), on(null)), Duration.ofMinutes(1)))
                .extracting(BackendInfo::drone)
                .containsExactly("dr-b", "dr-gone");
    }

    private static ClusterState.Drone drone(String name, int age) {
        return ClusterState.Drone.builder(ClusterState.Node.builder(name).build())
                .lastHeartbeatAge(Duration.ofSeconds(age))
                .build();
    }

    private static BackendInfo on(String drone) {
        return BackendInfo.builder("of " + drone).drone(drone).build();
    }
}
