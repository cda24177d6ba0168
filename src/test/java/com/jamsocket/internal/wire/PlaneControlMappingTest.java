package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.ClusterState;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.PlaneControl.ControllerStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaneControlMappingTest {

    @Test
    void namesClustersAndDronesInThePath() {
        assertThat(PlaneControlMapping.clusterState("localhost:9090").path())
                .isEqualTo("ctrl/c/localhost%3A9090/state");
        assertThat(PlaneControlMapping.drain("a.example", "dr/1").path()).isEqualTo("ctrl/c/a.example/d/dr%2F1/drain");
    }

    @Test
    void revokesByBackendAndUser() {
        Call call = PlaneControlMapping.revoke("k2h5xq0v9c1abc", "ann");

        assertThat(call.path()).isEqualTo("ctrl/b/revoke");
        assertThat(call.body()).isEqualTo("{\"backend_id\":\"k2h5xq0v9c1abc\",\"user\":\"ann\"}");
    }

    @Test
    void onlyTheHealthIsAskedWithoutTheToken() {
        assertThat(PlaneControlMapping.health().authenticated()).isFalse();
        assertThat(PlaneControlMapping.status().authenticated()).isTrue();
        assertThat(PlaneControlMapping.clusterState("c").authenticated()).isTrue();
    }

    /** A drone is drained once, and tokens are revoked once, however often that is asked for. */
    @Test
    void everyCallMayArriveTwice() {
        assertThat(Stream.of(
                        PlaneControlMapping.clusterState("c"),
                        PlaneControlMapping.drain("c", "dr"),
                        PlaneControlMapping.revoke("k2h5xq0v9c1abc", "ann"),
                        PlaneControlMapping.status(),
                        PlaneControlMapping.health()))
                .allMatch(Call::repeatable);
    }

    @Test
    void understandsTheStateOfACluster() {
        ClusterState state = PlaneControlMapping.readClusterState(
                bytes(
                        """
                {"drones":[{"ready":true,"draining":false,"last_heartbeat_age":3,"backend_count":2,"node":{"name":\
                {"Drone":"dr-a"},"plane_version":"0.5.5","plane_hash":"","controller":"co-x",\
                "controller_heartbeat_age":4}}],"proxies":[{"name":{"Proxy":"px-a"},"plane_version":"0.5.5",\
                "plane_hash":"","controller":"co-x","controller_heartbeat_age":4}]}
                """));

        ClusterState.Node node = new ClusterState.Node("dr-a", "0.5.5", "", "co-x", Duration.ofSeconds(4));
        assertThat(state.drones()).containsExactly(new ClusterState.Drone(node, true, false, 2, Duration.ofSeconds(3)));
        assertThat(state.proxies())
                .containsExactly(new ClusterState.Node("px-a", "0.5.5", "", "co-x", Duration.ofSeconds(4)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"drones\":[],\"proxies\":{}}",
                "{\"drones\":[1],\"proxies\":[]}",
                "{\"drones\":[{}],\"proxies\":[]}",
                "{\"drones\":[],\"proxies\":[{\"name\":\"px-a\"}]}",
                "{\"drones\":[],\"proxies\":[{\"name\":{}}]}",
            })
    void refusesWhatIsNoState(String json) {
        assertThatThrownBy(() -> PlaneControlMapping.readClusterState(bytes(json)))
                .isInstanceOf(JamsocketProtocolException.class);
    }

    @Test
    void understandsSmallAnswers() {
        assertThat(PlaneControlMapping.readDrain(bytes("{\"updated\":true}"))).isTrue();
        assertThat(PlaneControlMapping.readStatus(bytes("{\"status\":\"ok\",\"version\":\"0.5.5\",\"hash\":\"\"}")))
                .isEqualTo(new ControllerStatus("0.5.5", ""));
        assertThatThrownBy(() -> PlaneControlMapping.readDrain(bytes("{}")))
                .isInstanceOf(JamsocketProtocolException.class);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
