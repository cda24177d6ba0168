package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.StreamEnd;
import com.jamsocket.observe.JamsocketMicrometer;
import com.jamsocket.observe.JamsocketOpenTelemetry;
import com.jamsocket.testkit.LogRecorder;
import com.jamsocket.testkit.StatusRecorder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What watches a client changes nothing for those who use it. */
class HooksTest {

    private static final Set<Class<?>> PARTS = Set.of(Hooks.Calling.class, Hooks.Attempt.class, UnaryOperator.class);

    /** The zero value of some languages, which is further from now than 64 bits of nanoseconds reach. */
    @Test
    void tellsAndMeasuresStatesOfAnyTime() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        tellsStatesOfAnyTime(builder -> JamsocketMicrometer.metrics(builder, registry));
        assertThat(registry.find("jamsocket.phases").tag("status", "scheduled").timer())
                .isNotNull();

        try (InMemoryMetricReader reader = InMemoryMetricReader.create();
                OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
                        .setMeterProvider(SdkMeterProvider.builder()
                                .registerMetricReader(reader)
                                .build())
                        .build()) {
            tellsStatesOfAnyTime(builder -> JamsocketOpenTelemetry.metrics(builder, telemetry));
            assertThat(reader.collectAllMetrics())
                    .anyMatch(metric -> metric.getName().equals("jamsocket.phases"));
        }
    }

    private static void tellsStatesOfAnyTime(Consumer<Jamsocket.Builder> watching) throws Exception {
        try (LogRecorder log = new LogRecorder("com.jamsocket")) {
            tellsALife(watching);
            assertThat(log.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void toleratesHooksThatThrow(boolean onlyTheirParts) throws Exception {
        Hooks throwing = throwing(Hooks.class, onlyTheirParts);
        try (LogRecorder log = new LogRecorder("com.jamsocket")) {
            tellsALife(builder -> ((ClientBuilder) builder).hooks(throwing));
            assertThat(log.texts()).isNotEmpty().allMatch(text -> text.contains("JAMSOCKET-404"));
        }
    }

    @Test
    void aPropagatorThatThrowsFailsNoRequest() throws Exception {
        OpenTelemetry telemetry =
                OpenTelemetry.propagating(ContextPropagators.create(throwing(TextMapPropagator.class, false)));
        try (LogRecorder log = new LogRecorder("com.jamsocket")) {
            tellsALife(builder -> JamsocketOpenTelemetry.traces(builder, telemetry));
            assertThat(log.texts()).isNotEmpty().allMatch(text -> text.contains("JAMSOCKET-404"));
        }
    }

    @Test
    void oneMeterThatIsNotMadeOrRemovedLeavesTheOthers() throws Exception {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger removed = new AtomicInteger();
        SimpleMeterRegistry registry = new SimpleMeterRegistry() {
            @Override
            protected <T> Gauge newGauge(Meter.Id id, @Nullable T watched, ToDoubleFunction<T> number) {
                if (made.getAndIncrement() == 0) {
                    throw new IllegalStateException("refused");
                }
                return super.newGauge(id, watched, number);
            }

            @Override
            public Meter remove(Meter.Id id) {
                if (removed.getAndIncrement() == 0) {
                    throw new IllegalStateException("kept");
                }
                return super.remove(id);
            }
        };
        try (LogRecorder log = new LogRecorder("com.jamsocket")) {
            tellsALife(builder -> JamsocketMicrometer.metrics(builder, registry));
            assertThat(log.texts()).hasSize(2).allMatch(text -> text.contains("JAMSOCKET-404"));
        }
        assertThat(made).hasValueGreaterThan(2);
        assertThat(registry.getMeters()).filteredOn(Gauge.class::isInstance).hasSize(1);
    }

    @Test
    void tellsOtherHooksWhereOneThrows() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (LogRecorder log = new LogRecorder("com.jamsocket")) {
            tellsALife(builder -> {
                ((ClientBuilder) builder).hooks(throwing(Hooks.class, false));
                JamsocketMicrometer.metrics(builder, registry);
            });
            assertThat(log.warnings()).isNotEmpty();
        }
        assertThat(registry.find("jamsocket.stream.ends")
                        .tag("how", "Terminated")
                        .counter())
                .isNotNull();
    }

    private static void tellsALife(Consumer<Jamsocket.Builder> watching) throws IOException, InterruptedException {
        try (FakeApi api = new FakeApi()
                .connect(FakeApi.backend(true, "scheduled")).status(FakeApi.state("scheduled")).stream(FakeApi.events(
                        stateAt("scheduled", "0001-01-01T00:00:00Z"),
                        stateAt("loading", Instant.now().toString()),
                        stateAt("terminated", Instant.now().toString())))) {
            Jamsocket.Builder builder = api.client();
            watching.accept(builder);
            StatusRecorder told = new StatusRecorder();
            try (Jamsocket client = builder.build()) {
                String id = client.connect().backendId();
                assertThat(client.status(id).statusName()).isEqualTo("scheduled");
                assertThat(client.async()
                                .status(id)
                                .toCompletableFuture()
                                .join()
                                .statusName())
                        .isEqualTo("scheduled");
                StreamEnd end = client.statusStream(id, told)
                        .end()
                        .toCompletableFuture()
                        .join();
                assertThat(end).isInstanceOf(StreamEnd.Terminated.class);
                assertThat(client.diagnostics().followedBackends()).isZero();
            }
            assertThat(told.statuses).isEqualTo(List.of("scheduled", "loading", "terminated"));
        }
    }

    private static String stateAt(String status, String time) {
        return "{\"status\":\"" + status + "\",\"time\":\"" + time + "\"}";
    }

    /** One of which each method throws, or, of hooks, each method of what they give. */
    private static <T> T throwing(Class<T> type, boolean onlyItsParts) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.getName().equals("equals") ? proxy == args[0] : (Object) type.getSimpleName();
            }
            if (onlyItsParts && method.getReturnType() == boolean.class) {
                return true;
            }
            if (onlyItsParts && PARTS.contains(method.getReturnType())) {
                return throwing(method.getReturnType(), false);
            }
            throw new IllegalStateException("thrown by " + method.getName());
        }));
    }
}
