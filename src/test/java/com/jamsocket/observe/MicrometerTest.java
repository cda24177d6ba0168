package com.jamsocket.observe;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendNotFoundException;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.testkit.ReservedPort;
import com.jamsocket.testkit.StatusRecorder;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.wildfly.RegistryOfServer;

/** What a registry of Micrometer shows of a client. */
class MicrometerTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private Jamsocket.Builder measured() {
        Jamsocket.Builder builder = Jamsocket.builder().name("rooms");
        JamsocketMicrometer.metrics(builder, registry);
        return builder;
    }

    @Test
    void showsCallsByOperationAndOutcome() {
        try (JamsocketDevServer server = JamsocketDevServer.start();
                Jamsocket client = measured().dev(server.port()).build()) {
            client.connect();
            client.async().connect().toCompletableFuture().join();
            assertThatThrownBy(() -> client.status("unknown")).isInstanceOf(BackendNotFoundException.class);

            // Who joins a stage may go on before those who watch are told.
            eventually("both calls", () -> timed("jamsocket.calls", "operation", "connect", "outcome", "ok") == 2);
            assertThat(timed("jamsocket.calls", "operation", "status", "outcome", "BackendNotFoundException"))
                    .isEqualTo(1);
            assertThat(registry.find("jamsocket.retries").counters()).isEmpty();
        }
    }

    @Test
    void showsRetries() {
        try (JamsocketDevServer server = JamsocketDevServer.start();
                Jamsocket client = measured().dev(server.port()).build()) {
            server.inject(Fault.answer(503).on(Fault.Endpoint.CONNECT).times(2));
            client.connect(ConnectRequest.builder().key("k").build());
            server.inject(Fault.answer(503).on(Fault.Endpoint.CONNECT).times(1));
            client.async()
                    .connect(ConnectRequest.builder().key("k").build())
                    .toCompletableFuture()
                    .join();

            assertThat(counted("jamsocket.retries", "operation", "connect")).isEqualTo(3);
            // Who joins a stage may go on before those who watch are told.
            eventually("both calls", () -> timed("jamsocket.calls", "operation", "connect", "outcome", "ok") == 2);
        }
    }

    @Test
    void showsStreamsFromTheFirstStateToTheEnd() throws Exception {
        try (JamsocketDevServer server = JamsocketDevServer.start();
                Jamsocket client = measured().dev(server.port()).build()) {
            String id = client.connect().backendId();
            StatusRecorder told = new StatusRecorder();
            var stream = client.statusStream(id, told);
            eventually("a connection", () -> gauge("jamsocket.streams.connected") == 1);
            assertThat(gauge("jamsocket.streams")).isEqualTo(1);
            client.awaitReady(id, Duration.ofSeconds(30));
            client.terminate(id, TerminationKind.HARD);
            stream.end().toCompletableFuture().join();

            eventually("no stream", () -> gauge("jamsocket.streams") == 0);
            assertThat(counted("jamsocket.states", "status", "terminated")).isEqualTo(1);
            assertThat(counted("jamsocket.stream.ends", "how", "Terminated")).isEqualTo(1);
            assertThat(registry.find("jamsocket.phases").tag("status", "ready").timer())
                    .isNotNull();
            assertThat(registry.find("jamsocket.starts").timer()).isNotNull();
            assertThat(registry.find("jamsocket.state.lag").timer().max(java.util.concurrent.TimeUnit.SECONDS))
                    .isBetween(0.0, 60.0);
        }
    }

    @Test
    void showsReconnects() {
        JamsocketDevServer server = JamsocketDevServer.start();
        try (Jamsocket client = measured().dev(server.port()).build()) {
            client.statusStream(client.connect().backendId(), state -> {});
            server.close();

            eventually(
                    "a reconnect", () -> registry.find("jamsocket.reconnects").counter() != null);
            eventually("no connection", () -> gauge("jamsocket.streams.connected") == 0);
            assertThat(gauge("jamsocket.streams")).isEqualTo(1);
        } finally {
            server.close();
        }
    }

    @Test
    void asksARegistryOfWildFlyByNameAlone() {
        MeterRegistry ofServer = new RegistryOfServer();
        Jamsocket.Builder builder = Jamsocket.builder();
        JamsocketMicrometer.metrics(builder, ofServer);
        try (JamsocketDevServer server = JamsocketDevServer.start();
                Jamsocket client = builder.dev(server.port()).build()) {
            server.inject(Fault.answer(503).on(Fault.Endpoint.CONNECT).times(1));
            client.connect(ConnectRequest.builder().key("k").build());

            assertThat(ofServer.get("jamsocket.retries").counter().count()).isEqualTo(1);
            eventually(
                    "the call", () -> ofServer.find("jamsocket.calls").timers().size() == 1);
            assertThat(ofServer.get("jamsocket.streams").gauge().value()).isZero();
            assertThat(ofServer.getMeters())
                    .allSatisfy(meter -> assertThat(meter.getId().getDescription())
                            .as("builders give one")
                            .isNull());
        }
        assertThat(ofServer.find("jamsocket.streams").gauge()).isNull();
    }

    @Test
    void refusesABuilderThatIsNotOfThisLibrary() {
        Jamsocket.Builder foreign = (Jamsocket.Builder) java.lang.reflect.Proxy.newProxyInstance(
                MicrometerTest.class.getClassLoader(),
                new Class<?>[] {Jamsocket.Builder.class},
                (proxy, method, arguments) -> proxy);

        assertThatThrownBy(() -> JamsocketMicrometer.metrics(foreign, registry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a builder of Jamsocket.builder()");
    }

    /** Registries of servers warn of that each time. */
    @Test
    void leavesTheConfigurationOfTheRegistryAlone() {
        AtomicInteger asked = new AtomicInteger();
        MeterRegistry registry = new SimpleMeterRegistry() {
            @Override
            public Config config() {
                asked.incrementAndGet();
                return super.config();
            }
        };
        asked.set(0);
        Jamsocket.Builder builder = Jamsocket.builder();
        JamsocketMicrometer.metrics(builder, registry);
        try (JamsocketDevServer server = JamsocketDevServer.start();
                Jamsocket client = builder.dev(server.port()).build()) {
            client.awaitReady(client.connect().backendId(), Duration.ofSeconds(30));
        }

        assertThat(registry.find("jamsocket.calls").timers()).isNotEmpty();
        assertThat(asked).hasValue(0);
    }

    @Test
    void leavesNoGaugeBehindThatHoldsTheClient() {
        try (ReservedPort nobody = new ReservedPort()) {
            measured().dev(nobody.number()).build().close();
        }

        assertThat(registry.getMeters())
                .filteredOn(meter -> meter.getId().getType() == Meter.Type.GAUGE)
                .isEmpty();
    }

    private long timed(String name, String... tags) {
        return registry.get(name).tag("client", "rooms").tags(tags).timer().count();
    }

    private double counted(String name, String... tags) {
        return registry.get(name).tag("client", "rooms").tags(tags).counter().count();
    }

    private double gauge(String name) {
        return registry.get(name).tag("client", "rooms").gauge().value();
    }
}
