package com.jamsocket.plane;

import static com.jamsocket.plane.PlaneCluster.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendStatus;
import com.jamsocket.ClusterState;
import com.jamsocket.ConnectResponse;
import com.jamsocket.StreamEnd;
import com.jamsocket.cdi.ApplicationNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A drone of the test's own is drained, and then gone without a word. */
class LostDroneIT {

    private static final String POOL = "pool-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    @Timeout(300)
    void itsBackendsAreToldOfAndEnd() throws Exception {
        Path socket = Path.of(PlaneProgram.property("plane.executor-socket")).resolveSibling("lost.sock");
        try (PlaneCluster plane = new PlaneCluster();
                UnixSocketExecutor executor = UnixSocketExecutor.listen(socket);
                PlaneProgram drone = drone(plane, socket);
                ApplicationNode node = node(plane)) {
            PlaneCluster.await("the drone", () -> isFree(plane, executor));
            ConnectResponse lost =
                    node.client().connect(PlaneCluster.request(Conduct.LIGHT).build());
            PlaneCluster.await("ready", () -> node.statuses(lost.backendId()).contains("ready"));

            plane.control.drain(CLUSTER, lost.drone());
            PlaneCluster.await("the drain", () -> !node.draining().isEmpty());
            assertThat(node.draining()).singleElement().satisfies(event -> {
                assertThat(event.backendId()).isEqualTo(lost.backendId());
                assertThat(event.drone()).isEqualTo(lost.drone());
            });
            assertThat(node.ends()).isEmpty();

            long killed = System.nanoTime();
            drone.kill();
            PlaneCluster.await("the end", () -> !node.ends().isEmpty());
            System.out.printf("the drone's loss was told after %d s%n", (System.nanoTime() - killed) / 1_000_000_000);
            assertThat(node.ends()).singleElement().satisfies(end -> {
                assertThat(end.how()).isInstanceOfSatisfying(StreamEnd.DroneLost.class, how -> assertThat(how.drone())
                        .isEqualTo(lost.drone()));
                assertThat(end.isGone()).isTrue();
            });
            assertThat(node.client().status(lost.backendId()).status()).isEqualTo(BackendStatus.READY);
        }
    }

    private static PlaneProgram drone(PlaneCluster plane, Path socket) throws IOException {
        return PlaneProgram.start(
                "drone",
                "--controller-url",
                "ws://localhost:" + plane.url.getPort() + "/",
                "--cluster",
                CLUSTER,
                "--ip",
                "127.0.0.1",
                "--pool",
                POOL,
                "--executor-socket",
                socket.toString());
    }

    /** A pool has one drone here, and so has the rest of the cluster. */
    private static boolean isFree(PlaneCluster plane, UnixSocketExecutor executor) {
        return executor.isServing()
                && plane.control.clusterState(CLUSTER).drones().stream()
                                .filter(ClusterState.Drone::isReady)
                                .count()
                        > 1;
    }

    private static ApplicationNode node(PlaneCluster plane) {
        return ApplicationNode.start(Map.of(
                "jamsocket.plane-url",
                plane.url.toString(),
                "jamsocket.plane-image",
                "example/backend",
                "jamsocket.plane-cluster",
                CLUSTER,
                "jamsocket.plane-pool",
                POOL,
                "jamsocket.drone-lost-after",
                "PT10S"));
    }
}
