package com.jamsocket.plane;

import static com.jamsocket.plane.PlaneCluster.CLUSTER;
import static com.jamsocket.plane.PlaneCluster.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import com.jamsocket.cdi.ApplicationNode;
import com.jamsocket.cdi.BackendEnd;
import com.jamsocket.testkit.ReservedPort;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is restarted while backends come and go, each state and each end is told once. */
@Timeout(900)
class PlaneRestartIT {

    private static final int USERS = 10;

    private PlaneCluster plane;

    @BeforeEach
    void open() throws IOException {
        plane = new PlaneCluster();
    }

    @AfterEach
    void close() {
        plane.close();
    }

    /** What is done to the cluster during traffic. */
    private interface Disturbance {
        void run(Lives lives) throws Exception;
    }

    @Test
    void controllersBehindABalancerAreRestartedOneAfterTheOther() throws Exception {
        try (ReservedPort a = new ReservedPort();
                ReservedPort b = new ReservedPort();
                PlaneProgram one = PlaneProgram.controller(a);
                PlaneProgram other = PlaneProgram.controller(b);
                Relay balancer = new Relay(a.url(), b.url())) {
            during(balancer.url(), lives -> {
                for (int round = 0; round < 2; round++) {
                    one.restart();
                    PlaneProgram.awaitController(a);
                    other.restart();
                    PlaneProgram.awaitController(b);
                    awaitTraffic(lives);
                }
            });
        }
    }

    @Test
    void postgresIsRestarted() throws Exception {
        during(plane.url, lives -> {
            for (int round = 0; round < 2; round++) {
                restartDatabase();
                awaitTraffic(lives);
            }
        });
    }

    private static void restartDatabase() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-USR1", PlaneProgram.property("plane.script")).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static void awaitTraffic(Lives lives) {
        int before = lives.count();
        PlaneCluster.await("traffic", () -> lives.count() > before + 2 * USERS);
    }

    private void during(URI address, Disturbance disturbance) throws Exception {
        ExecutorService users = Executors.newFixedThreadPool(USERS);
        AtomicBoolean enough = new AtomicBoolean();
        try (Jamsocket client = plane.builder(address)
                .maxWaitingCalls(USERS)
                .retryTime(Duration.ofSeconds(30))
                .build()) {
            Lives lives = new Lives(plane, client);
            long start = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < USERS; i++) {
                all.add(users.submit(() -> {
                    while (!enough.get()) {
                        lives.live();
                    }
                    return null;
                }));
            }
            awaitTraffic(lives);
            disturbance.run(lives);
            enough.set(true);
            for (Future<?> user : all) {
                user.get();
            }
            lives.report(Duration.ofNanos(System.nanoTime() - start));
            lives.requireAllTold();
        } finally {
            enough.set(true);
            users.shutdownNow();
        }
    }

    /** Two nodes, of which each is replaced while the other one goes on; each follows what has not ended yet. */
    @Test
    void theApplicationIsRestartedNodeByNode() throws Exception {
        Map<String, ConnectResponse> register = new HashMap<>();
        List<ApplicationNode> nodes = new ArrayList<>(List.of(node(), node()));
        try {
            for (int round = 0; round < 4; round++) {
                start(nodes.get(round % 2), register, 5);
                ApplicationNode before = nodes.get(round % 2);
                end(nodes.get((round + 1) % 2).client(), register, 3);
                requireNothingTwice(before, register);
                before.close();
                ApplicationNode after = node();
                nodes.set(round % 2, after);
                register.keySet().forEach(after.follower()::follow);
            }
            end(nodes.get(0).client(), register, register.size());
            for (ApplicationNode node : nodes) {
                for (String backend : register.keySet()) {
                    if (node.follower().isFollowed(backend)
                            || !node.ends(backend).isEmpty()) {
                        PlaneCluster.await("the end", () -> !node.ends(backend).isEmpty());
                    }
                }
                requireWhole(node, register);
            }
            // The node that came last has followed all there was.
            assertThat(nodes.get(1).ends()).hasSize(register.size());
        } finally {
            nodes.forEach(ApplicationNode::close);
        }
    }

    private ApplicationNode node() {
        return ApplicationNode.start(Map.of(
                "jamsocket.plane-url",
                plane.url.toString(),
                "jamsocket.plane-image",
                "example/backend",
                "jamsocket.plane-cluster",
                CLUSTER,
                "jamsocket.retry-time",
                "PT30S"));
    }

    private static void start(ApplicationNode node, Map<String, ConnectResponse> register, int backends) {
        for (int i = 0; i < backends; i++) {
            ConnectResponse response =
                    node.client().connect(request(Conduct.LIGHT).build());
            register.put(response.backendId(), response);
        }
        for (String backend : register.keySet()) {
            if (!node.statuses(backend).isEmpty()) {
                PlaneCluster.await("ready", () -> node.statuses(backend).contains("ready"));
            }
        }
    }

    private static void end(Jamsocket client, Map<String, ConnectResponse> register, int backends) {
        register.keySet().stream()
                .filter(backend -> client.status(backend).status() == BackendStatus.READY)
                .limit(backends)
                .forEach(backend -> client.terminate(backend, TerminationKind.SOFT));
    }

    private static void requireNothingTwice(ApplicationNode node, Map<String, ConnectResponse> register) {
        for (String backend : register.keySet()) {
            assertThat(node.statuses(backend)).doesNotHaveDuplicates();
            assertThat(node.ends(backend)).hasSizeLessThan(2);
        }
    }

    private void requireWhole(ApplicationNode node, Map<String, ConnectResponse> register)
            throws IOException, InterruptedException {
        for (String backend : register.keySet()) {
            List<BackendEnd> ends = node.ends(backend);
            if (!ends.isEmpty()) {
                assertThat(node.statuses(backend)).isEqualTo(plane.history(backend));
                assertThat(ends).singleElement().satisfies(end -> assertThat(end.how())
                        .isInstanceOf(StreamEnd.Terminated.class));
            }
        }
    }
}
