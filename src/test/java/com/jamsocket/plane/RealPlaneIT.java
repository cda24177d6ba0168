package com.jamsocket.plane;

import static com.jamsocket.plane.PlaneCluster.CLUSTER;
import static com.jamsocket.plane.PlaneCluster.PATIENCE;
import static com.jamsocket.plane.PlaneCluster.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendEndedException;
import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ClusterState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.KeyHeldException;
import com.jamsocket.KeyUnheldException;
import com.jamsocket.PlaneOptions;
import com.jamsocket.SpawnOptions;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import com.jamsocket.TerminationReason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * The client against Plane itself: a controller, a drone and a proxy, whose backends are processes of this test. The
 * last test takes the drones out of use.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(180)
class RealPlaneIT {

    private PlaneCluster plane;
    private Jamsocket jamsocket;

    @BeforeAll
    void open() throws IOException {
        plane = new PlaneCluster();
        jamsocket = plane.client(plane.url);
    }

    @AfterAll
    void close() {
        jamsocket.close();
        plane.close();
    }

    @Test
    void startsABackendForAKeyAndLeadsToItAgain() {
        ConnectRequest request = request(Conduct.GOOD).key(newKey()).build();

        ConnectResponse first = jamsocket.connect(request);
        assertThat(first.spawned()).isTrue();
        assertThat(first.status()).isEqualTo(BackendStatus.SCHEDULED);
        jamsocket.awaitReady(first.backendId(), PATIENCE);

        ConnectResponse second = jamsocket.connect(request);
        assertThat(second.backendId()).isEqualTo(first.backendId());
        assertThat(second.spawned()).isFalse();
        assertThat(second.status()).isEqualTo(BackendStatus.READY);
        assertThat(second.token()).isNotEqualTo(first.token());
    }

    @Test
    void refusesAKeyThatIsHeldUnderAnotherTag() {
        String key = newKey();
        jamsocket.connect(tagged(key, "one"));

        assertThatThrownBy(() -> jamsocket.connect(tagged(key, "two")))
                .isInstanceOfSatisfying(KeyHeldException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(409);
                    assertThat(e.isRetryable()).isFalse();
                });
        assertThat(jamsocket.connect(tagged(key, "one")).spawned()).isFalse();
    }

    @Test
    void startsNothingWhereItMayNot() {
        ConnectRequest request =
                ConnectRequest.builder().key(newKey()).spawn(false).build();

        assertThatThrownBy(() -> jamsocket.connect(request)).isInstanceOf(KeyUnheldException.class);
    }

    @Test
    void keysOfOneNameInTwoNamespacesAreTwo() {
        String key = newKey();
        ConnectResponse ours = jamsocket.connect(request(Conduct.GOOD).key(key).build());
        ConnectResponse other = jamsocket.connect(request(Conduct.GOOD)
                .key(key)
                .plane(PlaneOptions.builder().namespace("others").build())
                .build());

        assertThat(other.spawned()).isTrue();
        assertThat(other.backendId()).isNotEqualTo(ours.backendId());
    }

    @Test
    void tellsEachStatusOnceAndInOrderFromTheFirstToTheEnd() {
        String backend = jamsocket.connect(request(Conduct.GOOD).build()).backendId();
        List<String> told = new CopyOnWriteArrayList<>();
        StatusSubscription subscription = jamsocket.statusStream(backend, state -> told.add(state.statusName()));

        jamsocket.awaitReady(backend, PATIENCE);
        jamsocket.terminate(backend, TerminationKind.SOFT);

        assertThat(endOf(subscription)).isInstanceOf(StreamEnd.Terminated.class);
        assertThat(told)
                .containsExactly("scheduled", "loading", "starting", "waiting", "ready", "terminating", "terminated");
    }

    @Test
    void tellsEachStatusOnceOverConnectionsThatAreCut() throws IOException {
        try (Relay relay = new Relay(plane.url);
                Jamsocket relayed = plane.client(relay.url())) {
            String backend =
                    relayed.connect(request(Conduct.SLOW_LOADING).build()).backendId();
            List<String> told = new CopyOnWriteArrayList<>();
            StatusSubscription subscription = relayed.statusStream(backend, state -> told.add(state.statusName()));
            PlaneCluster.await("loading", () -> told.contains("loading"));

            assertThat(relay.cut()).isPositive();
            plane.executor.finishLoading();
            PlaneCluster.await("ready", () -> told.contains("ready"));

            assertThat(relay.cut()).isPositive();
            relayed.terminate(backend, TerminationKind.HARD);
            assertThat(endOf(subscription)).isInstanceOf(StreamEnd.Terminated.class);
            assertThat(told)
                    .containsExactly(
                            "scheduled", "loading", "starting", "waiting", "ready", "hard-terminating", "terminated");
        }
    }

    @Test
    void aStreamIsResumedBehindTheLastEventId() throws IOException, InterruptedException {
        String backend = readyBackend(Conduct.GOOD);

        try (Stream<String> lines = plane.stream(backend, "waiting").body()) {
            assertThat(lines.limit(3).toList()).satisfies(event -> {
                assertThat(event.get(0))
                        .startsWith("data: {\"status\":\"ready\",\"time\":")
                        .endsWith("}");
                assertThat(event.get(1)).isEqualTo("id: ready");
                assertThat(event.get(2)).isEmpty();
            });
        }
        try (Stream<String> lines = plane.stream(backend, "bogus").body()) {
            assertThat(lines.findFirst()).get().asString().startsWith("data: {\"status\":\"scheduled\"");
        }
    }

    @Test
    void theConnectionUrlLeadsToTheBackendWhichIsToldWhoComes() throws IOException, InterruptedException {
        String key = newKey();
        ConnectResponse backend = jamsocket.connect(ConnectRequest.builder()
                .key(key)
                .user("ann")
                .auth(Map.of("role", "editor"))
                .spawn(SpawnOptions.builder()
                        .tag(Conduct.GOOD.tag())
                        .env("ECHO_DOCUMENT", "42")
                        .build())
                .build());

        HttpResponse<String> answer = plane.fetch(backend.resolve("a/b"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-plane-backend-id")).contains(backend.backendId());
        assertThat(answer.body().lines())
                .contains(
                        "path: /a/b",
                        "x-verified-username: ann",
                        "x-verified-user-data: {\"role\":\"editor\"}",
                        "x-verified-secret: " + backend.secretToken(),
                        "x-verified-backend: " + backend.backendId(),
                        "x-verified-path: /" + backend.token() + "/a/b",
                        "SESSION_BACKEND_ID: " + backend.backendId(),
                        "SESSION_BACKEND_KEY: " + key,
                        "ECHO_DOCUMENT: 42");
    }

    @Test
    void theProxyHoldsARequestUntilTheBackendIsReady() {
        ConnectResponse backend =
                jamsocket.connect(request(Conduct.SLOW_LOADING).build());
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> statusCode(backend.url()));
        PlaneCluster.await(
                "loading", () -> jamsocket.status(backend.backendId()).status() == BackendStatus.LOADING);
        assertThat(answer).isNotDone();

        plane.executor.finishLoading();

        assertThat(answer).succeedsWithin(PATIENCE).isEqualTo(200);
    }

    @Test
    void aStaticTokenNamesNobodyAndLeavesThePathAsItIs() throws IOException, InterruptedException {
        ConnectResponse backend = jamsocket.connect(request(Conduct.GOOD)
                .user("ann")
                .plane(PlaneOptions.builder().staticToken(true).build())
                .build());

        assertThat(backend.token()).startsWith("s.");
        assertThat(backend.secretToken()).isNull();
        assertThat(plane.fetch(backend.resolve("a")).body().lines())
                .contains(
                        "path: /" + backend.token() + "/a",
                        "x-verified-secret: ",
                        "SESSION_BACKEND_STATIC_TOKEN: " + backend.token())
                .noneMatch(line -> line.startsWith("x-verified-user"));
    }

    @Test
    void aBackendHasTheIdAndTheSubdomainThatAreAskedFor() {
        String id = "own-" + UUID.randomUUID().toString().substring(0, 8);
        ConnectResponse backend = jamsocket.connect(request(Conduct.GOOD)
                .plane(PlaneOptions.builder().backendId(id).subdomain("sub").build())
                .build());

        assertThat(backend.backendId()).isEqualTo(id);
        assertThat(backend.url().getHost()).startsWith("sub.");
    }

    @Test
    void aSoftEndIsToldWithItsReason() {
        String backend = readyBackend(Conduct.GOOD);

        jamsocket.terminate(backend, TerminationKind.SOFT);

        BackendState.Terminated end = endOf(backend);
        assertThat(end.reason()).isEqualTo(TerminationReason.EXTERNAL);
        assertThat(end.kind()).isEqualTo(TerminationKind.SOFT);
        assertThat(end.exitError()).isFalse();
        jamsocket.terminate(backend, TerminationKind.SOFT);
    }

    @Test
    void aHardEndFollowsWhereASoftOneDoesNotCome() {
        ConnectRequest request = request(Conduct.STUBBORN).key(newKey()).build();
        String backend = jamsocket.connect(request).backendId();
        jamsocket.awaitReady(backend, PATIENCE);

        jamsocket.terminate(backend, TerminationKind.SOFT);
        PlaneCluster.await("terminating", () -> jamsocket.status(backend).status() == BackendStatus.TERMINATING);
        assertThat(jamsocket.connect(request).status()).isEqualTo(BackendStatus.TERMINATING);

        CompletableFuture<ConnectResponse> next = CompletableFuture.supplyAsync(() ->
                jamsocket.connect(request.toBuilder().waitForEnding(PATIENCE).build()));
        jamsocket.terminate(backend, TerminationKind.HARD);

        assertThat(endOf(backend).kind()).isEqualTo(TerminationKind.HARD);
        assertThat(next).succeedsWithin(PATIENCE).satisfies(response -> {
            assertThat(response.spawned()).isTrue();
            assertThat(response.backendId()).isNotEqualTo(backend);
        });
    }

    @Test
    void aCrashIsAnEndWithoutAReason() throws IOException, InterruptedException {
        ConnectResponse backend = jamsocket.connect(request(Conduct.GOOD).build());
        jamsocket.awaitReady(backend.backendId(), PATIENCE);

        assertThat(plane.fetch(backend.resolve("exit/3")).statusCode()).isEqualTo(502);

        BackendState.Terminated end = endOf(backend.backendId());
        assertThat(end.reason()).isNull();
        assertThat(end.kind()).isNull();
        assertThat(end.exitError()).isTrue();
        assertThat(plane.executor.isRunning(backend.backendId())).isFalse();
        PlaneCluster.await("the way to be closed", () -> statusCode(backend.url()) == 410);
    }

    @Test
    void aBackendThatCannotStartEndsWithoutAReason() {
        for (Conduct conduct : List.of(Conduct.NO_IMAGE, Conduct.NO_START)) {
            String backend = jamsocket.connect(request(conduct).build()).backendId();

            assertThatThrownBy(() -> jamsocket.awaitReady(backend, PATIENCE)).isInstanceOf(BackendEndedException.class);
            BackendState.Terminated end = endOf(backend);
            assertThat(end.reason()).isNull();
            assertThat(end.exitError()).isFalse();
        }
    }

    @Test
    void whatCannotBeRunIsTakenAndEnds() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                plane.post("/ctrl/connect", "application/json", "{\"spawn_config\":{\"executable\":42}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        String backend = answer.body().replaceFirst(".*\"backend_id\":\"([a-z0-9]{14})\".*", "$1");
        assertThat(endOf(backend).exitError()).isFalse();
    }

    @Test
    void aBackendThatDoesNotBecomeReadyIsKilled() {
        assertThat(endOf(jamsocket
                                .connect(request(Conduct.STARTUP_TIMEOUT).build())
                                .backendId())
                        .reason())
                .isEqualTo(TerminationReason.STARTUP_TIMEOUT);
        assertThat(endOf(jamsocket.connect(request(Conduct.UNWATCHABLE).build()).backendId())
                        .reason())
                .isEqualTo(TerminationReason.INTERNAL_ERROR);
    }

    @Test
    void anUnknownBackendIsNotFoundByTheStatusAndNotAskedOfTheSilentStream() {
        assertThatThrownBy(() -> jamsocket.status("unknown")).isInstanceOf(BackendNotFoundException.class);
        assertThatThrownBy(() -> jamsocket.statusStream("unknown", state -> {}))
                .isInstanceOf(BackendNotFoundException.class);
        assertThatThrownBy(() -> jamsocket.terminate("unknown", TerminationKind.HARD))
                .isInstanceOf(BackendNotFoundException.class);
    }

    @Test
    void whatWasGivenToAUserCanBeTakenBackUntilItIsUsed() {
        String key = newKey();
        ConnectResponse ann =
                jamsocket.connect(request(Conduct.GOOD).key(key).user("ann").build());
        ConnectResponse bob =
                jamsocket.connect(request(Conduct.GOOD).key(key).user("bob").build());

        plane.control.revoke(ann.backendId(), "ann");
        plane.control.revoke("unknown", "ann");

        assertThat(statusCode(ann.url())).isEqualTo(410);
        assertThat(statusCode(bob.url())).isEqualTo(200);
    }

    @Test
    void theClusterShowsItsNodes() {
        assertThat(plane.control.isHealthy()).isTrue();
        assertThat(plane.control.status().version()).startsWith("0.5.");
        ClusterState state = plane.control.clusterState(CLUSTER);
        assertThat(state.drones())
                .isNotEmpty()
                .allSatisfy(drone -> assertThat(drone.node().name()).startsWith("dr-"));
        assertThat(state.proxies()).isNotEmpty().allSatisfy(proxy -> assertThat(proxy.name())
                .startsWith("px-"));
        assertThat(plane.control.clusterState("unknown.example").drones()).isEmpty();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aDrainedDroneGetsNoBackendsAndIsFreeWhenItsOwnHaveEnded() {
        String backend = readyBackend(Conduct.GOOD);
        List<ClusterState.Drone> drones = plane.control.clusterState(CLUSTER).drones();
        drones.forEach(drone -> plane.control.drain(CLUSTER, drone.node().name()));

        assertThat(plane.control.drain(CLUSTER, drones.get(0).node().name())).isFalse();
        assertThatThrownBy(() -> jamsocket.connect(request(Conduct.GOOD).build()))
                .isInstanceOfSatisfying(JamsocketApiException.class, e -> {
                    assertThat(e.kind()).isEqualTo("NoDroneAvailable");
                    assertThat(e.isRetryable()).isTrue();
                });
        assertThat(jamsocket.status(backend).status()).isEqualTo(BackendStatus.READY);
        assertThatThrownBy(() -> plane.control.drain(CLUSTER, "dr-unknown"))
                .isInstanceOfSatisfying(JamsocketApiException.class, e -> assertThat(e.statusCode())
                        .isEqualTo(404));

        CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> drones.forEach(
                drone -> plane.control.awaitDrained(CLUSTER, drone.node().name(), PATIENCE)));
        plane.executor.killAll();
        assertThat(drained).succeedsWithin(PATIENCE);
    }

    private String readyBackend(Conduct conduct) {
        String backend = jamsocket.connect(request(conduct).build()).backendId();
        jamsocket.awaitReady(backend, PATIENCE);
        return backend;
    }

    private BackendState.Terminated endOf(String backend) {
        return jamsocket.awaitTerminated(backend, PATIENCE).state();
    }

    private static StreamEnd endOf(StatusSubscription subscription) {
        return subscription
                .end()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private int statusCode(URI address) {
        try {
            return plane.fetch(address).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConnectRequest tagged(String key, String keyTag) {
        return request(Conduct.GOOD)
                .key(key)
                .plane(PlaneOptions.builder().keyTag(keyTag).build())
                .build();
    }

    private static String newKey() {
        return "it/" + UUID.randomUUID();
    }
}
