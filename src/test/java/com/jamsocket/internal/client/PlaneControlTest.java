package com.jamsocket.internal.client;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.ClusterState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.DrainTimeoutException;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.PlaneControl;
import com.jamsocket.PlaneSettings;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.observe.JamsocketMicrometer;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PlaneControlTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final JamsocketDevServer server = JamsocketDevServer.start();
    private final String cluster = server.connectionUrl().getAuthority();
    private final PlaneControl control = PlaneControl.of(server.url());
    private final Jamsocket jamsocket = Jamsocket.builder()
            .plane(PlaneSettings.builder(server.url()).image("x").build())
            .retryTime(Duration.ZERO)
            .build();

    @AfterEach
    void close() {
        jamsocket.close();
        control.close();
        server.close();
    }

    @Test
    void tellsWhoIsInTheCluster() {
        jamsocket.connect();

        ClusterState state = control.clusterState(cluster);

        assertThat(state.drones()).singleElement().satisfies(drone -> {
            assertThat(drone.isReady()).isTrue();
            assertThat(drone.isDraining()).isFalse();
            assertThat(drone.backendCount()).isEqualTo(1);
            assertThat(drone.lastHeartbeatAge()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
            assertThat(state.drone(drone.node().name())).containsSame(drone);
        });
        assertThat(state.proxies()).singleElement().satisfies(proxy -> {
            assertThat(proxy.name()).startsWith("px-");
            assertThat(proxy.controller()).startsWith("co-");
        });
        assertThat(state.drone("dr-of-nobody")).isEmpty();
    }

    @Test
    void tellsWhatTheControllerIs() {
        assertThat(control.status().version()).startsWith("0.5");
        eventually("healthy", control::isHealthy);
    }

    @Test
    void isNotHealthyWhereNobodyAnswers() {
        server.close();

        assertThat(control.isHealthy()).isFalse();
    }

    @Test
    void isHealthyBySuccessOfTheServersOwnAlone() throws IOException {
        HttpServer controller = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger status = new AtomicInteger(503);
        AtomicReference<String> body = new AtomicReference<>("");
        controller.createContext("/", exchange -> {
            byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        controller.start();
        URI address = URI.create("http://127.0.0.1:" + controller.getAddress().getPort());
        try (PlaneControl other = PlaneControl.of(address)) {
            assertThat(other.isHealthy()).isFalse();
            assertThat(other.async().isHealthy()).succeedsWithin(PATIENCE).isEqualTo(false);
            status.set(204);
            eventually("healthy", other::isHealthy);
            status.set(200);
            body.set("<html>Sign in</html>");
            assertThat(other.isHealthy()).as("a page of somebody on the way").isFalse();
            body.set("{\"status\":\"ok\"}");
            eventually("healthy", other::isHealthy);
        } finally {
            controller.stop(0);
        }
    }

    @Test
    void aDrainedDroneGetsNoBackends() {
        String drone = drone();

        assertThat(control.drain(cluster, drone)).isTrue();
        assertThat(control.drain(cluster, drone)).isFalse();

        assertThat(control.clusterState(cluster).drone(drone)).get().matches(ClusterState.Drone::isDraining);
        assertThatThrownBy(jamsocket::connect)
                .isInstanceOfSatisfying(
                        JamsocketApiException.class, e -> assertThat(e.kind()).isEqualTo("NoDroneAvailable"));
    }

    @Test
    void refusesToDrainADroneThatIsNotThere() {
        assertThatThrownBy(() -> control.drain(cluster, "dr-of-nobody"))
                .isInstanceOfSatisfying(JamsocketApiException.class, e -> assertThat(e.statusCode())
                        .isEqualTo(404));
    }

    @Test
    void waitsUntilADrainedDroneHasNoBackendsLeft() {
        String backend = jamsocket.connect().backendId();
        String drone = drone();

        CompletableFuture<Void> drained =
                CompletableFuture.runAsync(() -> control.awaitDrained(cluster, drone, PATIENCE));
        assertThatThrownBy(() -> control.awaitDrained(cluster, drone, Duration.ofMillis(1)))
                .isInstanceOf(DrainTimeoutException.class)
                .hasMessageContaining(drone);
        assertThat(drained).isNotDone();

        jamsocket.terminate(backend, TerminationKind.HARD);
        assertThat(drained).succeedsWithin(PATIENCE);
    }

    @Test
    @Timeout(30)
    void waitsNoLongerThanItMayForAControllerThatIsSilent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                PlaneControl other = PlaneControl.of(URI.create("http://127.0.0.1:" + silent.getLocalPort()))) {
            assertThatThrownBy(() -> other.awaitDrained(cluster, "dr-1", Duration.ofMillis(500)))
                    .isInstanceOf(DrainTimeoutException.class);
        }
    }

    @Test
    void doesNotCountWhatAWaitAsks() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Jamsocket.Builder builder = Jamsocket.builder()
                .plane(PlaneSettings.builder(server.url()).image("x").build());
        JamsocketMicrometer.metrics(builder, registry);
        try (PlaneControl measured = builder.buildPlaneControl()) {
            String drone = measured.clusterState(cluster).drones().get(0).node().name();
            measured.awaitDrained(cluster, drone, PATIENCE);

            assertThat(registry.find("jamsocket.calls").timers())
                    .singleElement()
                    .satisfies(calls -> assertThat(calls.count()).isEqualTo(1));
        }
    }

    @Test
    void takesBackWhatAUserWasGiven() throws IOException, InterruptedException {
        ConnectResponse ann = connect("ann");
        ConnectResponse bob = connect("bob");

        control.revoke(ann.backendId(), "ann");
        control.revoke("unknown", "ann");

        assertThat(fetch(ann.url())).isEqualTo(410);
        assertThat(fetch(bob.url())).isEqualTo(200);
    }

    @Test
    void refusesWhatNamesNothing() {
        assertThatThrownBy(() -> control.clusterState("no cluster")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> control.revoke("", "ann")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> control.awaitDrained(cluster, drone(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isUsedNoMoreOnceClosed() {
        control.close();
        control.close();

        assertThatThrownBy(control::status).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(control::isHealthy).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isSetUpLikeAClient() {
        try (PlaneControl byEnv =
                PlaneControl.fromEnv(Map.of("JAMSOCKET_PLANE_URL", server.url().toString()))) {
            eventually("healthy", byEnv::isHealthy);
        }
        assertThatThrownBy(() -> PlaneControl.fromEnv(Map.of("JAMSOCKET_DEV", "embedded")))
                .isInstanceOf(JamsocketConfigurationException.class)
                .hasMessageContaining("JAMSOCKET_PLANE_URL");
    }

    private String drone() {
        return control.clusterState(cluster).drones().get(0).node().name();
    }

    private ConnectResponse connect(String user) {
        return jamsocket.connect(ConnectRequest.builder().key("k").user(user).build());
    }

    private static int fetch(URI url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
