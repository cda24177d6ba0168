package com.jamsocket.observe;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.docs.ServerReadiness;
import com.jamsocket.test.InjectedClients;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A readiness check as an application has it. */
class ReadinessTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @BeforeAll
    static void provideResponses() {
        HealthCheckResponse.setResponseProvider(Response::new);
    }

    @AfterAll
    static void forget() {
        HealthCheckResponse.setResponseProvider(null);
    }

    @Test
    void isUpWhileTheServerAnswersAndDownAfterwards() {
        JamsocketDevServer server = JamsocketDevServer.start();
        try (Jamsocket client = Jamsocket.builder().dev(server.port()).build()) {
            HealthCheckResponse up = whenUp(new Check(client));
            assertThat(up.getName()).isEqualTo("jamsocket");
            assertThat(up.getData().orElseThrow()).containsKey("milliseconds");

            server.close();
            HealthCheckResponse down = new Check(client).call();
            assertThat(down.getStatus()).isEqualTo(Status.DOWN);
            assertThat(down.getData().orElseThrow()).containsEntry("error", "JamsocketConnectionException");
        } finally {
            server.close();
        }
    }

    @Test
    void isABeanOfTheGuide() {
        try (JamsocketDevServer server = JamsocketDevServer.start();
                SeContainer container = SeContainerInitializer.newInstance()
                        .addBeanClasses(ServerReadiness.class)
                        .addExtensions(InjectedClients.of(server))
                        .initialize()) {
            var unused = whenUp(container
                    .select(ServerReadiness.class, Readiness.Literal.INSTANCE)
                    .get());
        }
    }

    /** A busy machine may not answer the first ping in time: a check is asked again. */
    private static HealthCheckResponse whenUp(HealthCheck check) {
        return eventually("up", LIMIT, check::call, response -> response.getStatus() == Status.UP);
    }

    @Test
    void isDownWhenTheClientIsClosed() {
        Jamsocket client = Jamsocket.dev(8080);
        client.close();

        assertThat(new Check(client).call().getStatus()).isEqualTo(Status.DOWN);
    }

    private static final class Check extends JamsocketReadiness {
        private final Jamsocket client;

        Check(Jamsocket client) {
            this.client = client;
        }

        @Override
        protected Jamsocket client() {
            return client;
        }
    }

    private static final class Response extends HealthCheckResponseBuilder {
        private final Map<String, Object> data = new HashMap<>();
        private String name;
        private Status status;

        @Override
        public HealthCheckResponseBuilder name(String name) {
            this.name = name;
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, String value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, long value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, boolean value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder up() {
            return status(true);
        }

        @Override
        public HealthCheckResponseBuilder down() {
            return status(false);
        }

        @Override
        public HealthCheckResponseBuilder status(boolean up) {
            status = up ? Status.UP : Status.DOWN;
            return this;
        }

        @Override
        public HealthCheckResponse build() {
            return new HealthCheckResponse(name, status, Optional.of(data));
        }
    }
}
