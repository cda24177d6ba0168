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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
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
    void observersThatUseEachOthersClientAreRefused() {
        try (SeContainer container = Containers.start(Rivals.class)) {
            Rivals rivals = container.select(Rivals.class).get();
            Jamsocket docs = Containers.named(container, "docs");
            Jamsocket rooms = Containers.named(container, "rooms");

            var first = CompletableFuture.runAsync(docs::connect);
            var second = CompletableFuture.runAsync(rooms::connect);
            rivals.bothAreMade().join();

            // Whoever comes last to the other's client is refused; the first one may go on, or fail with it.
            assertThatThrownBy(() -> CompletableFuture.allOf(first, second).get(60, TimeUnit.SECONDS))
                    .isNotInstanceOf(TimeoutException.class)
                    .hasStackTraceContaining("this Jamsocket client is being made");
        }
    }

    @Test
    void soIsOneThreadThatComesBackToTheClientItMakes() {
        try (SeContainer container = Containers.start(Rivals.class)) {
            container.select(Rivals.class).get().bothAreMade().complete(null);

            assertThatThrownBy(() -> Containers.named(container, "docs").connect())
                    .hasStackTraceContaining("this Jamsocket client is being made")
                    .isInstanceOf(IllegalStateException.class);
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

    @ApplicationScoped
    static class Rivals {
        private final CompletableFuture<Void> bothAreMade = new CompletableFuture<>();
        private final AtomicInteger making = new AtomicInteger();

        void docs(@Observes @FromClient("docs") Jamsocket.Builder builder, @JamsocketService("rooms") Jamsocket rooms) {
            meet();
            rooms.connect();
        }

        void rooms(@Observes @FromClient("rooms") Jamsocket.Builder builder, @JamsocketService("docs") Jamsocket docs) {
            meet();
            docs.connect();
        }

        CompletableFuture<Void> bothAreMade() {
            return bothAreMade;
        }

        private void meet() {
            if (making.incrementAndGet() == 2) {
                bothAreMade.complete(null);
            }
            bothAreMade.join();
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
