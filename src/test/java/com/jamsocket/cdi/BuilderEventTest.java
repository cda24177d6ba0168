package com.jamsocket.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.PlaneControl;
import com.jamsocket.internal.config.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.EventMetadata;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The injected client is set up in code. */
class BuilderEventTest {

    @Test
    void isFiredOnceForEachClientWhenItIsFirstUsed() {
        try (SeContainer container = Containers.start(Names.class)) {
            Names names = container.select(Names.class).get();
            Jamsocket docs = Containers.named(container, "docs");
            assertThat(names.seen()).isEmpty();

            docs.connect();
            docs.connect();
            container.select(Jamsocket.class).get().connect();

            assertThat(names.seen()).containsExactly("docs", "docs alone", "");
        }
    }

    @Test
    void codeWinsOverSettingsAndReplacesTheServerThatTheyChoose() {
        try (SeContainer container = Containers.start(Settled.class, InCode.class)) {
            Jamsocket.class.cast(container.select(Jamsocket.class).get()).async();

            assertThat(container.select(Clients.class).get().client("").client())
                    .hasToString("Jamsocket[http://plane.example:8080]");
            // Of the same cluster.
            assertThat(container.select(PlaneControl.class).get().toString()).contains("plane.example");
        }
    }

    @Test
    void usingTheClientUnderConstructionIsRefused() {
        try (SeContainer container = Containers.start(TooEarly.class)) {
            Jamsocket client = container.select(Jamsocket.class).get();

            assertThatThrownBy(client::connect)
                    .hasStackTraceContaining("this Jamsocket client is being made")
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anotherClientMayBeUsed() {
        try (SeContainer container = Containers.start(OfAnother.class)) {
            container.select(Jamsocket.class).get().connect();

            assertThat(container.select(FakeClients.class).get().made()).containsExactly("null", "docs");
        }
    }

    @Test
    void whatAnObserverThrowsFailsTheUseAndTheNextOneRetries() {
        try (SeContainer container = Containers.start(Once.class)) {
            Jamsocket client = container.select(Jamsocket.class).get();

            assertThatThrownBy(client::connect).isInstanceOf(JamsocketConfigurationException.class);
            assertThat(client.connect().backendId()).isEqualTo("b1");
        }
    }

    @ApplicationScoped
    static class Names {
        private final List<String> seen = new CopyOnWriteArrayList<>();

        void on(@Observes @Priority(1) Jamsocket.Builder builder, EventMetadata metadata) {
            metadata.getQualifiers().stream()
                    .filter(FromClient.class::isInstance)
                    .forEach(client -> seen.add(((FromClient) client).value()));
        }

        void docs(@Observes @Priority(2) @FromClient("docs") Jamsocket.Builder builder) {
            seen.add("docs alone");
        }

        List<String> seen() {
            return seen;
        }
    }

    @Alternative
    @Priority(2)
    @ApplicationScoped
    static class Settled extends ClientFactory {
        @Override
        Settings settings() {
            return Settings.ofEnvironment(Map.of("JAMSOCKET_DEV", "true", "JAMSOCKET_CONNECT_TIMEOUT", "PT1S"));
        }
    }

    @ApplicationScoped
    static class InCode {
        void on(@Observes Jamsocket.Builder builder) {
            builder.plane(URI.create("http://plane.example:8080"));
        }
    }

    @ApplicationScoped
    static class TooEarly {
        void on(@Observes Jamsocket.Builder builder, Jamsocket client) {
            client.connect();
        }
    }

    @ApplicationScoped
    static class OfAnother {
        void on(@Observes @FromClient("") Jamsocket.Builder builder, @JamsocketService("docs") Jamsocket docs) {
            docs.connect();
        }
    }

    @ApplicationScoped
    static class Once {
        private boolean failed;

        void on(@Observes Jamsocket.Builder builder) {
            if (!failed) {
                failed = true;
                throw new JamsocketConfigurationException(List.of("the vault is sealed"));
            }
        }
    }
}
