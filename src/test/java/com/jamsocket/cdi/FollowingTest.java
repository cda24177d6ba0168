package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static com.jamsocket.testkit.States.READY;
import static com.jamsocket.testkit.States.SCHEDULED;
import static com.jamsocket.testkit.States.STARTING;
import static com.jamsocket.testkit.States.TERMINATED;
import static com.jamsocket.testkit.States.TERMINATING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.StreamEnd;
import com.jamsocket.cdi.Containers.Lookup;
import com.jamsocket.testkit.LogRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.EventMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FollowingTest {

    private static final ConnectRequest BY_KEY =
            ConnectRequest.builder().key("k").build();

    @Test
    void firesEachStateOfAConnectedBackendOnceAndInOrder() {
        try (SeContainer container = Containers.start(All.class)) {
            FakeJamsocket fake = fake(container);
            client(container).connect();

            fake.reach("b1", SCHEDULED, STARTING, READY, TERMINATING, TERMINATED);

            assertThat(seen(container))
                    .containsExactly("b1 scheduled", "b1 starting", "b1 ready", "b1 terminating", "b1 terminated");
        }
    }

    @Test
    void firesStatesFromBeforeTheConnectionToo() {
        try (SeContainer container = Containers.start(All.class)) {
            FakeJamsocket fake = fake(container);
            fake.connect(BY_KEY);
            fake.reach("b1", SCHEDULED, READY);

            client(container).connect(BY_KEY);

            assertThat(seen(container)).containsExactly("b1 scheduled", "b1 ready");
        }
    }

    @Test
    void followsBackendsConnectedToWithoutBlocking() {
        try (SeContainer container = Containers.start(All.class)) {
            FakeJamsocket fake = fake(container);

            assertThat(client(container).async().connect()).isCompleted();
            fake.reach("b1", READY);

            assertThat(seen(container)).containsExactly("b1 ready");
        }
    }

    @Test
    void followsABackendOfANamedClient() {
        try (SeContainer container = Containers.start(All.class)) {
            FakeJamsocket fake = container.select(FakeClients.class).get().client("docs");
            Containers.named(container, "docs").connect();

            fake.reach("b1", READY);

            assertThat(seen(container)).containsExactly("b1 ready");
        }
    }

    @Test
    void startsNoSecondStreamForABackendThatIsFollowed() {
        try (SeContainer container = Containers.start(All.class)) {
            FakeJamsocket fake = fake(container);
            client(container).connect(BY_KEY);
            fake.reach("b1", READY, TERMINATING);

            client(container).connect(BY_KEY);
            client(container).async().connect(BY_KEY);

            assertThat(fake.opened).containsExactly("b1");
            assertThat(seen(container)).containsExactly("b1 ready", "b1 terminating");
        }
    }

    @Test
    void startsNoSecondStreamWhileTheFirstIsBeingOpened() {
        try (SeContainer container = Containers.start(All.class)) {
            FakeJamsocket fake = fake(container);
            fake.gate = new CompletableFuture<>();
            client(container).connect(BY_KEY);
            client(container).connect(BY_KEY);

            fake.gate.complete(null);
            fake.reach("b1", READY);

            assertThat(fake.opened).containsExactly("b1");
            assertThat(seen(container)).containsExactly("b1 ready");
        }
    }

    @Test
    void doesNotFollowAnEndedBackendAgainButItsSuccessor() {
        try (SeContainer container = Containers.start(All.class)) {
            FakeJamsocket fake = fake(container);
            client(container).connect(BY_KEY);
            fake.reach("b1", READY, TERMINATED);

            client(container).connect(BY_KEY);
            fake.freeKey("k");
            client(container).connect(BY_KEY);
            fake.reach("b2", READY);

            assertThat(fake.opened).containsExactly("b1", "b2");
            assertThat(seen(container)).containsExactly("b1 ready", "b1 terminated", "b2 ready");
        }
    }

    @Test
    void doesNotFollowAForgottenBackendAgain() {
        try (SeContainer container = Containers.start(All.class)) {
            FakeJamsocket fake = fake(container);
            client(container).connect(BY_KEY);
            fake.reach("b1", READY);
            fake.end("b1", StreamEnd.forgotten(READY));

            client(container).connect(BY_KEY);

            assertThat(fake.opened).containsExactly("b1");
        }
    }

    @Test
    void followsABackendThatIsEndingWhenItIsConnectedTo() {
        try (SeContainer container = Containers.start(All.class)) {
            FakeJamsocket fake = fake(container);
            fake.connect(BY_KEY);
            fake.reach("b1", READY, TERMINATING);

            client(container).connect(BY_KEY);
            fake.reach("b1", TERMINATED);

            assertThat(seen(container)).containsExactly("b1 ready", "b1 terminating", "b1 terminated");
        }
    }

    @Test
    void goesOnWhereAFailedStreamStoppedWhenTheBackendIsConnectedToAgain() {
        try (SeContainer container = Containers.start(All.class);
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            FakeJamsocket fake = fake(container);
            client(container).connect(BY_KEY);
            fake.reach("b1", SCHEDULED, READY);
            fake.fail("b1", new JamsocketConnectionException("gone", null, false));

            client(container).connect(BY_KEY);
            fake.reach("b1", TERMINATING);

            assertThat(fake.opened).containsExactly("b1", "b1");
            assertThat(seen(container)).containsExactly("b1 scheduled", "b1 ready", "b1 terminating");
            assertThat(log.warnings()).singleElement().satisfies(warning -> {
                assertThat(warning.getMessage()).contains("b1").contains("gone");
                assertThat(warning.getThrown()).isNull();
            });
        }
    }

    @Test
    void connectsAllTheSameWhenAStreamCannotBeOpened() {
        try (SeContainer container = Containers.start(All.class);
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            FakeJamsocket fake = fake(container);
            fake.refusal = FakeJamsocket.notFound();

            assertThat(client(container).connect(BY_KEY).backendId()).isEqualTo("b1");
            fake.refusal = null;
            client(container).connect(BY_KEY);
            fake.reach("b1", READY);

            // After the end of the first following, which another thread tells.
            eventually("the state", () -> seen(container).equals(List.of("b1 ready")));
            assertThat(log.warnings()).singleElement().satisfies(warning -> assertThat(warning.getMessage())
                    .contains("b1"));
        }
    }

    @Test
    void logsOneLineForAllThatIsLostAtOnceAndThenHowMany() {
        try (SeContainer container = Containers.start(All.class);
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            for (String id : List.of("b1", "b2", "b3")) {
                client(container).connect();
                fake(container).fail(id, new JamsocketConnectionException("gone", null, false));
            }
            assertThat(log.warnings()).hasSize(1);

            container.select(FakeClients.class).get().time().advance(Following.ONE_OUTAGE);

            assertThat(log.warnings()).hasSize(2);
            assertThat(log.warnings().get(1).getMessage()).contains("b1").contains("3 failures like this in all");
            client(container).connect();
            fake(container).fail("b4", new JamsocketConnectionException("gone", null, false));
            assertThat(log.warnings()).hasSize(3);
        }
    }

    @Test
    void firesNothingForStreamsOpenedByHand() {
        try (SeContainer container = Containers.start(All.class)) {
            FakeJamsocket fake = fake(container);
            fake.connect(BY_KEY);
            List<BackendState> byHand = new ArrayList<>();
            client(container).statusStream("b1", byHand::add);
            client(container).async().statusStream("b1", byHand::add);

            fake.reach("b1", READY);

            assertThat(byHand).containsExactly(READY, READY);
            assertThat(seen(container)).isEmpty();
        }
    }

    @Test
    void opensNoStreamWithoutAnObserver() {
        try (SeContainer container = Containers.start(OtherEvents.class)) {
            client(container).connect();
            assertThat(fake(container).opened).isEmpty();
        }
    }

    @Test
    void opensStreamsOnlyForBackendsThatAnObserverAsksFor() {
        try (SeContainer container = Containers.start(OfOneBackend.class)) {
            FakeJamsocket fake = fake(container);
            client(container).connect();
            client(container).connect(ConnectRequest.builder().key("k").build());
            fake.nextId("special");
            client(container).connect();

            fake.reach("special", SCHEDULED, READY);

            assertThat(fake.opened).containsExactly("special");
            assertThat(container.select(OfOneBackend.class).get().seen()).containsExactly(SCHEDULED, READY);
        }
    }

    @Test
    void opensAStreamForAnObserverOfAnyVariant() {
        for (Class<?> permitted : BackendState.class.getPermittedSubclasses()) {
            assertThat(ClientEvents.VARIANTS).hasAtLeastOneElementOfType(permitted);
        }
        try (SeContainer container = Containers.start(OfOneVariant.class)) {
            FakeJamsocket fake = fake(container);
            client(container).connect();
            fake.reach("b1", SCHEDULED, READY, TERMINATED);

            assertThat(container.select(OfOneVariant.class).get().seen()).containsExactly(READY);
        }
    }

    @Test
    void opensAStreamForAnAsynchronousObserver() {
        try (SeContainer container = Containers.start(OnlyAsynchronous.class)) {
            FakeJamsocket fake = fake(container);
            client(container).connect();
            fake.reach("b1", SCHEDULED, TERMINATED);

            List<BackendState> seen =
                    container.select(OnlyAsynchronous.class).get().seen();
            eventually("the end", () -> !seen.isEmpty());
            assertThat(seen).containsExactly(TERMINATED);
        }
    }

    @Test
    void opensAStreamForAnObserverThatIsGenericInItsState() {
        try (SeContainer container = Containers.start(Generic.class)) {
            FakeJamsocket fake = fake(container);
            fake.nextId("special");
            client(container).connect();
            fake.reach("special", SCHEDULED, READY);

            assertThat(container.select(Generic.class).get().seen()).containsExactly(SCHEDULED, READY);
        }
    }

    @Test
    void canBeTurnedOff() {
        try (SeContainer container = Containers.start(All.class)) {
            container.select(FakeClients.class).get().set("jamsocket.follow", "false");
            client(container).connect();
            assertThat(fake(container).opened).isEmpty();
        }
    }

    @Test
    void canBeTurnedOffForOneNamedClient() {
        try (SeContainer container = Containers.start(All.class)) {
            FakeClients clients = container.select(FakeClients.class).get();
            clients.set("jamsocket.clients.docs.follow", "FALSE");
            client(container).connect();
            Containers.named(container, "docs").connect();
            assertThat(clients.client("docs").opened).isEmpty();
            assertThat(clients.client(null).opened).containsExactly("b1");
        }
    }

    @Test
    void refusesAnotherWordForTheSetting() {
        try (SeContainer container = Containers.start(All.class)) {
            container.select(FakeClients.class).get().set("jamsocket.follow", "no");
            assertThatThrownBy(() -> client(container).connect())
                    .isInstanceOf(JamsocketConfigurationException.class)
                    .hasMessageContaining("jamsocket.follow");
        }
    }

    @Test
    void forgetsBackendsThatEndedLongAgo() {
        try (SeContainer container = Containers.start(All.class)) {
            FakeJamsocket fake = fake(container);
            client(container).connect(BY_KEY);
            fake.reach("b1", TERMINATED);
            IntStream.range(0, Following.REMEMBERED - 1).forEach(i -> {
                fake.streams.clear();
                String id = client(container).connect().backendId();
                fake.reach(id, TERMINATED);
            });
            client(container).connect(BY_KEY);
            assertThat(fake.opened).containsOnlyOnce("b1");

            fake.reach(client(container).connect().backendId(), TERMINATED);
            client(container).connect(BY_KEY);

            assertThat(fake.opened.stream().filter("b1"::equals)).hasSize(2);
        }
    }

    @Test
    void endsItsStreamsAndFiresNothingOnceTheContainerIsShutDown() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            SeContainer container = Containers.start(All.class);
            FakeJamsocket fake = fake(container);
            List<String> seen = seen(container);
            client(container).connect();
            fake.reach("b1", READY);

            container.close();
            fake.reach("b1", TERMINATED);

            assertThat(seen).containsExactly("b1 ready");
            assertThat(fake.streams).singleElement().satisfies(stream -> assertThat(stream.end)
                    .isCompletedWithValue(StreamEnd.closed()));
            assertThat(fake.closed).isTrue();
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void closesAStreamThatIsOpenedOnlyAfterShutdown() {
        FakeJamsocket fake;
        try (SeContainer container = Containers.start(All.class)) {
            fake = fake(container);
            fake.gate = new CompletableFuture<>();
            client(container).connect();
        }
        fake.closed = false;
        fake.gate.complete(null);

        assertThat(fake.streams).allSatisfy(stream -> assertThat(stream.end).isCompletedWithValue(StreamEnd.closed()));
    }

    @Test
    void staysUsableButSilentWhileTheApplicationShutsDown() {
        List<String> seen;
        AtShutdown.CONNECTED.clear();
        try (SeContainer container = Containers.start(All.class, AtShutdown.class)) {
            fake(container).connect(BY_KEY);
            client(container).connect();
            seen = container.select(All.class).get().seen();
        }
        assertThat(AtShutdown.CONNECTED).containsExactly("b1", "b1");
        assertThat(seen).isEmpty();
    }

    private static Jamsocket client(SeContainer container) {
        return container.select(Jamsocket.class).get();
    }

    private static FakeJamsocket fake(SeContainer container) {
        return container.select(FakeClients.class).get().client(null);
    }

    private static List<String> seen(SeContainer container) {
        return container.select(All.class).get().seen();
    }

    @ApplicationScoped
    static class All {
        private final List<String> seen;

        All() {
            this(new CopyOnWriteArrayList<>());
        }

        All(List<String> seen) {
            this.seen = seen;
        }

        void on(@Observes BackendState state, EventMetadata metadata) {
            seen.add(Backend.Id.of(metadata) + " " + state.statusName());
        }

        List<String> seen() {
            return seen;
        }
    }

    @ApplicationScoped
    static class OtherEvents {
        void on(@Observes String event) {
            throw new AssertionError(event);
        }

        void onNamed(@Observes @JamsocketService("docs") BackendState state) {
            throw new AssertionError(state);
        }
    }

    @ApplicationScoped
    static class OfOneBackend {
        private final List<BackendState> seen = new CopyOnWriteArrayList<>();

        void on(@Observes @Backend("special") BackendState state) {
            seen.add(state);
        }

        List<BackendState> seen() {
            return seen;
        }
    }

    @ApplicationScoped
    static class Generic {
        private final List<BackendState> seen = new CopyOnWriteArrayList<>();

        <T extends BackendState> void on(@Observes @Backend("special") T state) {
            seen.add(state);
        }

        void on(@Observes @Backend("special") List<String> other) {
            throw new AssertionError(other);
        }

        List<BackendState> seen() {
            return seen;
        }
    }

    @ApplicationScoped
    static class OfOneVariant {
        private final List<BackendState> seen = new CopyOnWriteArrayList<>();

        void on(@Observes @Any BackendState.Ready state) {
            seen.add(state);
        }

        List<BackendState> seen() {
            return seen;
        }
    }

    @ApplicationScoped
    static class OnlyAsynchronous {
        private final List<BackendState> seen = new CopyOnWriteArrayList<>();

        void on(@ObservesAsync BackendState.Terminated state) {
            seen.add(state);
        }

        List<BackendState> seen() {
            return seen;
        }
    }

    @ApplicationScoped
    static class AtShutdown {
        static final List<String> CONNECTED = new CopyOnWriteArrayList<>();

        void on(
                @Observes @BeforeDestroyed(ApplicationScoped.class) Object event,
                Jamsocket client,
                FakeClients clients,
                Lookup lookup) {
            CONNECTED.add(client.connect(BY_KEY).backendId());
            clients.client(null).reach("b1", READY);
            clients.client(null).reach("b2", READY);
            CONNECTED.add(lookup.named("new").connect().backendId());
            clients.client("new").reach("b1", READY);
        }
    }
}
