package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneControl;
import com.jamsocket.StreamEnd;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.internal.cdi.ApplicationScan;
import com.jamsocket.internal.config.Settings;
import com.jamsocket.testkit.Dialect;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Drones that are lost or drained, on a development server that is spoken to as Plane. */
class DroneOfServerTest {

    private static final String CLUSTER = "localhost:9090";

    @Test
    void tellsOfDronesThatAreDrainedAndLost() {
        try (JamsocketDevServer server = JamsocketDevServer.start();
                SeContainer container = start(server);
                Jamsocket other = Dialect.PLANE.client(server.url()).build();
                PlaneControl control = PlaneControl.of(server.url())) {
            Seen seen = container.select(Seen.class).get();
            Jamsocket client = container.select(Jamsocket.class).get();
            ConnectResponse here = client.connect();
            String gone = other.connect().backendId();
            container
                    .select(BackendFollower.class)
                    .get()
                    .follow(BackendInfo.builder(gone).drone("dr-gone").build());

            eventually("the end", () -> !seen.ends().isEmpty());
            assertThat(seen.ends()).singleElement().satisfies(end -> {
                assertThat(end.backendId()).isEqualTo(gone);
                assertThat(end.how()).isInstanceOfSatisfying(StreamEnd.DroneLost.class, lost -> assertThat(lost.drone())
                        .isEqualTo("dr-gone"));
            });
            assertThat(seen.draining()).isEmpty();

            control.drain(CLUSTER, here.drone());
            eventually("the event", () -> !seen.draining().isEmpty());
            assertThat(seen.draining()).singleElement().satisfies(event -> {
                assertThat(event.backendId()).isEqualTo(here.backendId());
                assertThat(event.drone()).isEqualTo(here.drone());
            });
            assertThat(client.status(here.backendId()).status()).isNotEqualTo(BackendStatus.TERMINATED);
            assertThat(seen.ends()).hasSize(1);
        }
    }

    private static SeContainer start(JamsocketDevServer server) {
        SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new ApplicationScan())
                .addBeanClasses(Clients.class, SetUp.class, JamsocketProducer.class, Seen.class)
                .initialize();
        container
                .select(SetUp.class)
                .get()
                .set(Map.of(
                        "jamsocket.plane-url",
                        server.url().toString(),
                        "jamsocket.plane-image",
                        "example/backend",
                        "jamsocket.plane-cluster",
                        CLUSTER,
                        "jamsocket.drone-lost-after",
                        "PT1S"));
        return container;
    }

    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class SetUp extends ClientFactory {
        private volatile Map<String, String> settings = Map.of();

        void set(Map<String, String> all) {
            settings = all;
        }

        @Override
        Settings settings() {
            return Settings.ofJvm(settings::get, Map.of());
        }
    }

    @ApplicationScoped
    static class Seen {
        private final List<BackendEnd> ends = new CopyOnWriteArrayList<>();
        private final List<BackendDraining> draining = new CopyOnWriteArrayList<>();

        List<BackendEnd> ends() {
            return ends;
        }

        List<BackendDraining> draining() {
            return draining;
        }

        void on(@Observes BackendEnd end) {
            ends.add(end);
        }

        void on(@Observes BackendDraining event) {
            draining.add(event);
        }
    }
}
