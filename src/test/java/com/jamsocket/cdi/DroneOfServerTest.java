package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneControl;
import com.jamsocket.StreamEnd;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.testkit.Dialect;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Drones that are lost or drained, on a development server that is spoken to as Plane. */
class DroneOfServerTest {

    private static final String CLUSTER = "localhost:9090";

    @Test
    void tellsOfDronesThatAreDrainedAndLost() {
        try (JamsocketDevServer server =
                        JamsocketDevServer.builder().clusters(CLUSTER).start();
                ApplicationNode node = start(server);
                Jamsocket other = Dialect.PLANE.client(server.url()).build();
                PlaneControl control = PlaneControl.of(server.url())) {
            ConnectResponse here = node.client().connect();
            String gone = other.connect().backendId();
            node.follower().follow(BackendInfo.builder(gone).drone("dr-gone").build());

            eventually("the end", () -> !node.ends().isEmpty());
            assertThat(node.ends()).singleElement().satisfies(end -> {
                assertThat(end.backendId()).isEqualTo(gone);
                assertThat(end.how()).isInstanceOfSatisfying(StreamEnd.DroneLost.class, lost -> assertThat(lost.drone())
                        .isEqualTo("dr-gone"));
            });
            assertThat(node.draining()).isEmpty();

            control.drain(CLUSTER, here.drone());
            eventually("the event", () -> !node.draining().isEmpty());
            assertThat(node.draining()).singleElement().satisfies(event -> {
                assertThat(event.backendId()).isEqualTo(here.backendId());
                assertThat(event.drone()).isEqualTo(here.drone());
            });
            assertThat(node.client().status(here.backendId()).status()).isNotEqualTo(BackendStatus.TERMINATED);
            assertThat(node.ends()).hasSize(1);
        }
    }

    private static ApplicationNode start(JamsocketDevServer server) {
        return ApplicationNode.start(Map.of(
                "jamsocket.plane-url",
                server.url().toString(),
                "jamsocket.plane-image",
                "example/backend",
                "jamsocket.plane-cluster",
                CLUSTER,
                "jamsocket.drone-lost-after",
                "PT1S"));
    }
}
