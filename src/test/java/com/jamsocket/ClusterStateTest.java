package com.jamsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.jamsocket.ClusterState.DroneCondition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterStateTest {

    private static final ClusterState CLUSTER = ClusterState.of(
            List.of(
                    drone("dr-a", 59, false),
                    drone("dr-b", 59, true),
                    drone("dr-c", 60, false),
                    drone("dr-d", 60, true)),
            List.of());

    private static ClusterState.Drone drone(String name, int silence, boolean draining) {
        return ClusterState.Drone.builder(ClusterState.Node.builder(name).build())
                .draining(draining)
                .lastHeartbeatAge(Duration.ofSeconds(silence))
                .build();
    }

    @ParameterizedTest
    @CsvSource({"dr-a, IN_USE", "dr-b, DRAINING", "dr-c, LOST", "dr-d, LOST", "dr-gone, LOST", ", UNKNOWN"})
    void tellsHowADroneIs(String drone, DroneCondition condition) {
        assertThat(CLUSTER.condition(drone, Duration.ofMinutes(1))).isEqualTo(condition);
    }

    @Test
    void needsATimeAfterWhichADroneIsSilent() {
        assertThatIllegalArgumentException().isThrownBy(() -> CLUSTER.condition("dr-a", Duration.ZERO));
    }
}
