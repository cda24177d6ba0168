package com.jamsocket.docs;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ClusterState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneControl;
import com.jamsocket.PlaneSettings;
import com.jamsocket.cdi.JamsocketService;
import com.jamsocket.dev.BackendHandler;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.LaunchRequest;
import com.jamsocket.test.InjectedClients;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Java of the guide does what the guide says of it, where no other test has it. */
@Timeout(60)
class SnippetsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    @Test
    void aRequestHasWhatTheBackendNeeds() {
        AtomicReference<LaunchRequest> started = new AtomicReference<>();
        try (JamsocketDevServer server = JamsocketDevServer.builder()
                        .backend(request -> {
                            started.set(request.backend());
                            return BackendHandler.Response.text(200, "");
                        })
                        .start();
                Jamsocket jamsocket = Jamsocket.dev(server.port())) {
            ConnectResponse first = Connecting.open(jamsocket, "42", "ann");
            ConnectResponse second = Connecting.open(jamsocket, "42", "bob");

            assertThat(second.backendId()).isEqualTo(first.backendId());
            try (var backend =
                    jamsocket.backend(ConnectRequest.builder().key("doc/42").build())) {
                backend.target().request().get(String.class);
            }
            assertThat(started.get().options().env()).containsEntry("DOCUMENT", "42");
            assertThat(started.get().auth()).containsEntry("role", "editor");
        }
    }

    @Test
    void aStateIsShown() {
        assertThat(Showing.show(BackendState.ready(Instant.EPOCH))).isEqualTo("open");
        assertThat(Showing.show(BackendState.waiting(Instant.EPOCH))).isEqualTo("waiting");
        assertThat(Showing.show(BackendState.Terminated.builder(Instant.EPOCH).build()))
                .isEqualTo("over");
    }

    @Test
    void aServerForTestsHasItsLaunchers() {
        try (JamsocketDevServer server = Launching.start();
                Jamsocket echo =
                        Jamsocket.builder().dev(server.port()).service("echo").build()) {
            String id = echo.connect().backendId();
            assertThat(echo.awaitReady(id, PATIENCE).status()).isEqualTo(BackendStatus.READY);
        }
    }

    @Test
    void aDroneIsDrained() {
        try (JamsocketDevServer server =
                        JamsocketDevServer.builder().clusters("localhost:9090").start();
                PlaneControl control = PlaneControl.of(server.url())) {
            String drone = control.clusterState("localhost:9090")
                    .drones()
                    .get(0)
                    .node()
                    .name();

            Drains.empty(control, drone);

            assertThat(control.clusterState("localhost:9090").drones())
                    .extracting(ClusterState.Drone::isDraining)
                    .containsExactly(true);
        }
    }

    @Test
    void aClientIsSetUpMeasuredAndTraced() {
        try (JamsocketDevServer server = JamsocketDevServer.start();
                SeContainer container = container(server, ClientSetup.class, Metrics.class, Telemetry.class)) {
            container.select(Jamsocket.class).get().connect();

            assertThat(server.requests()).first().satisfies(request -> assertThat(request.headers())
                    .containsEntry("x-region", List.of("eu"))
                    .containsKey("traceparent"));
            assertThat(METERS.get("jamsocket.calls")
                            .tag("operation", "connect")
                            .timer()
                            .count())
                    .isPositive();
            assertThat(OTEL.getSpans()).isNotEmpty();
        }
    }

    /** To a cluster, for a development server has no token. */
    @Test
    void aTokenComesFromTheVault() {
        Jamsocket.Builder builder = Jamsocket.builder();
        new ClientSetup().setUp(builder, () -> "of-the-vault");
        try (JamsocketDevServer server = JamsocketDevServer.start();
                Jamsocket jamsocket = builder.plane(PlaneSettings.builder(server.url())
                                .image("example/board")
                                .build())
                        .build()) {
            jamsocket.connect();

            assertThat(server.requests()).first().satisfies(request -> assertThat(request.headers())
                    .containsEntry("authorization", List.of("Bearer of-the-vault")));
        }
    }

    @Test
    void aDrawingIsExportedByItsBackend() {
        BackendHandler drawing = request -> BackendHandler.Response.text(
                request.path().equals("/export.svg") ? 200 : 404,
                "<svg>" + request.headers().get("x-verified-username"));
        try (JamsocketDevServer server =
                        JamsocketDevServer.builder().backend(drawing).start();
                SeContainer container = container(server, Exports.class)) {
            assertThat(container.select(Exports.class).get().svg("plan")).isEqualTo("<svg>export");
        }
    }

    @Test
    void whatObserversAreToldIsLogged() {
        PrintStream before = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try (JamsocketDevServer server = JamsocketDevServer.start();
                SeContainer container = container(server, RoomLog.class, Rooms.class)) {
            container
                    .select(Jamsocket.class, JamsocketService.Literal.of("rooms"))
                    .get()
                    .connect(ConnectRequest.builder().key("attic").build());
            eventually(
                    "it is ready", () -> output.toString(StandardCharsets.UTF_8).contains("attic is ready"));
            server.backendOfKey("attic").crash(1);
            eventually("its end", () -> output.toString(StandardCharsets.UTF_8).contains("attic has crashed"));
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void theServerOfATestHasThePortThatBothKnow() {
        JamsocketDevServer.Builder builder = JamsocketDevServer.builder();
        new OnThePort().setUp(builder);
        assertThat(builder).extracting("settings.port").isEqualTo(8099);
    }

    private static SeContainer container(JamsocketDevServer server, Class<?>... beans) {
        return SeContainerInitializer.newInstance()
                .addBeanClasses(beans)
                .addBeanClasses(OfTheServer.class)
                .addExtensions(InjectedClients.of(server))
                .initialize();
    }

    /** What a server, or the application, brings. */
    @Singleton
    static class OfTheServer {

        @Produces
        @Singleton
        MeterRegistry registry() {
            return METERS;
        }

        @Produces
        @Singleton
        OpenTelemetry telemetry() {
            return OTEL.getOpenTelemetry();
        }

        @Produces
        ClientSetup.Vault vault() {
            return () -> "of-the-vault";
        }
    }
}
