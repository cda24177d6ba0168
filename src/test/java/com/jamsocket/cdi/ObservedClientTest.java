package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.SpawnOptions;
import com.jamsocket.TerminationKind;
import com.jamsocket.internal.cdi.ApplicationScan;
import com.jamsocket.observe.JamsocketMicrometer;
import com.jamsocket.observe.JamsocketOpenTelemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An injected client that is measured and traced. */
class ObservedClientTest {

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    @Test
    void isMeasuredUnderItsNameAndTracedThroughToTheObservers() {
        MeterRegistry registry;
        try (SeContainer container = container(Watching.class)) {
            registry = container.select(MeterRegistry.class).get();
            Watching watching = container.select(Watching.class).get();
            Jamsocket rooms = Containers.named(container, "rooms");

            Span caller = caller();
            String id;
            try (Scope scope = caller.makeCurrent()) {
                id = rooms.connect().backendId();
            } finally {
                caller.end();
            }
            String trace = caller.getSpanContext().getTraceId();
            assertThat(watching.state().join()).isEqualTo(trace);
            assertThat(watching.later().join()).isEqualTo(trace);

            assertThat(gauge(registry, "jamsocket.followed")).isEqualTo(1);
            assertThat(rooms.diagnostics().followedBackends()).isEqualTo(1);
            assertThat(rooms.diagnostics().name()).isEqualTo("rooms");
            rooms.terminate(id, TerminationKind.HARD);
            watching.end().join();
            eventually("nothing is followed", () -> gauge(registry, "jamsocket.followed") == 0);
            assertThat(registry.get("jamsocket.events")
                            .tag("client", "rooms")
                            .tag("type", "BackendEnd")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
        assertThat(registry.find("jamsocket.followed").gauge()).isNull();
    }

    /** Whether the clock, a claim or an opening that fails is what has it told. */
    @Test
    void whateverIsToldOfABackendIsInTheTraceOfWhoHadItFollowed() {
        try (SeContainer container = container(Granting.class, Traces.class)) {
            Traces traces = container.select(Traces.class).get();
            Jamsocket client = container.select(Jamsocket.class).get();

            Span caller = caller();
            String id;
            try (Scope scope = caller.makeCurrent()) {
                // No longer than the notice, which so comes at once.
                SpawnOptions brief = SpawnOptions.builder()
                        .lifetimeLimit(Duration.ofSeconds(60))
                        .build();
                id = client.connect(ConnectRequest.builder().spawn(brief).build())
                        .backendId();
                container.select(BackendFollower.class).get().follow("nobody");
            } finally {
                caller.end();
            }
            client.awaitReady(id, Duration.ofSeconds(30));
            eventually("the notice", () -> traces.of("BackendExpiring").size() == 1);
            client.terminate(id, TerminationKind.HARD);
            eventually("both ends", () -> traces.of("BackendEnd").size() == 4);

            String trace = caller.getSpanContext().getTraceId();
            assertThat(traces.of("BackendEvent")).hasSizeGreaterThan(2);
            for (String type : List.of("BackendEvent", "BackendExpiring", "BackendEnd")) {
                assertThat(traces.of(type)).as(type).containsOnly(trace);
            }
        }
    }

    @Test
    void whatIsFollowedAgainIsInTheTraceOfWhoHasAskedForThat() {
        try (SeContainer container = container(Traces.class, Holding.class)) {
            Traces traces = container.select(Traces.class).get();
            Holding holding = container.select(Holding.class).get();
            BackendFollower follower = container.select(BackendFollower.class).get();
            Jamsocket client = container.select(Jamsocket.class).get();
            String id = client.connect().backendId();
            eventually("the first state", holding::isHolding);
            assertThat(follower.unfollow(id)).isTrue();

            Span again = caller();
            try (Scope scope = again.makeCurrent()) {
                assertThat(follower.follow(id)).isTrue();
            } finally {
                again.end();
            }
            holding.goOn();

            client.terminate(id, TerminationKind.HARD);
            eventually("both ends", () -> traces.of("BackendEnd").size() == 4);
            assertThat(traces.of("BackendEvent"))
                    .endsWith(again.getSpanContext().getTraceId());
        }
    }

    /** With clients on an embedded server, which are measured and traced. */
    private static SeContainer container(Class<?>... beans) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new ApplicationScan())
                .addBeanClasses(
                        Clients.class,
                        ClientFactory.class,
                        JamsocketProducer.class,
                        Containers.Lookup.class,
                        Operating.class)
                .addBeanClasses(beans)
                .initialize();
    }

    private static Span caller() {
        return TELEMETRY
                .getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("caller")
                .startSpan();
    }

    private static double gauge(MeterRegistry registry, String name) {
        return registry.get(name).tag("client", "rooms").gauge().value();
    }

    @ApplicationScoped
    static class Operating {
        @Produces
        @jakarta.inject.Singleton
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }

        @Produces
        @jakarta.inject.Singleton
        OpenTelemetry telemetry() {
            return TELEMETRY.getOpenTelemetry();
        }

        void setUp(@Observes Jamsocket.Builder builder, MeterRegistry registry, OpenTelemetry telemetry) {
            builder.embedded();
            JamsocketMicrometer.metrics(builder, registry);
            JamsocketOpenTelemetry.traces(builder, telemetry);
        }
    }

    /** The only node. */
    @ApplicationScoped
    static class Granting implements FollowClaim {
        @Override
        public Answer claim(BackendInfo backend, Duration lease) {
            return Answer.GRANTED;
        }

        @Override
        public boolean renew(BackendInfo backend, Duration lease) {
            return true;
        }

        @Override
        public void release(BackendInfo backend, boolean ended) {}
    }

    /** The traces that observers find themselves in. */
    @ApplicationScoped
    static class Traces {
        private final Map<String, List<String>> found = new ConcurrentHashMap<>();

        List<String> of(String type) {
            return found.computeIfAbsent(type, absent -> new CopyOnWriteArrayList<>());
        }

        private void add(String type) {
            of(type).add(Span.current().getSpanContext().getTraceId());
        }

        void on(@Observes BackendEvent event) {
            add("BackendEvent");
        }

        void on(@Observes BackendExpiring event) {
            add("BackendExpiring");
        }

        void on(@Observes BackendEnd end) {
            add("BackendEnd");
        }

        void later(@ObservesAsync BackendEnd end) {
            add("BackendEnd");
        }
    }

    /** Does not return from what it is told first. */
    @ApplicationScoped
    static class Holding {
        private final CountDownLatch gate = new CountDownLatch(1);
        private volatile boolean holding;

        void on(@Observes BackendEvent event) throws InterruptedException {
            holding = true;
            gate.await();
        }

        boolean isHolding() {
            return holding;
        }

        void goOn() {
            gate.countDown();
        }
    }

    @ApplicationScoped
    static class Watching {
        private final CompletableFuture<String> state = new CompletableFuture<>();
        private final CompletableFuture<String> later = new CompletableFuture<>();
        private final CompletableFuture<BackendEnd> end = new CompletableFuture<>();

        CompletableFuture<String> state() {
            return state;
        }

        CompletableFuture<String> later() {
            return later;
        }

        CompletableFuture<BackendEnd> end() {
            return end;
        }

        void on(@Observes BackendState.Ready ready) {
            state.complete(Span.current().getSpanContext().getTraceId());
        }

        void later(@ObservesAsync BackendState.Ready ready) {
            later.complete(Span.current().getSpanContext().getTraceId());
        }

        void on(@Observes BackendEnd end) {
            this.end.complete(end);
        }
    }
}
