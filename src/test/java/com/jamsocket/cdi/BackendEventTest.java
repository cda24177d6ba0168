package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static com.jamsocket.testkit.States.READY;
import static com.jamsocket.testkit.States.SCHEDULED;
import static com.jamsocket.testkit.States.STARTING;
import static com.jamsocket.testkit.States.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.SpawnOptions;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.testkit.LogRecorder;
import com.jamsocket.testkit.States;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What observers are told of a backend. */
class BackendEventTest {

    private static final ConnectRequest ROOM = ConnectRequest.builder()
            .key("room/1")
            .user("ann")
            .label("tenant", "acme")
            .build();

    @Test
    void anObserverKnowsTheBackendFromTheFirstStateOn() {
        try (SeContainer container = Containers.start(Events.class)) {
            Containers.named(container, "rooms").connect(ROOM);
            container.select(FakeClients.class).get().client("rooms").reach("b1", SCHEDULED, READY);

            BackendInfo known = BackendInfo.builder("b1")
                    .client("rooms")
                    .key("room/1")
                    .user("ann")
                    .label("tenant", "acme")
                    .startedHere(true)
                    .build();
            assertThat(events(container).seen())
                    .containsExactly(BackendEvent.of(known, SCHEDULED, false), BackendEvent.of(known, READY, false));
            assertThat(events(container).seen().get(0).backendId()).isEqualTo("b1");
        }
    }

    @Test
    void aRepeatedConnectChangesNothing() {
        try (SeContainer container = Containers.start(Events.class)) {
            client(container).connect(ROOM);
            fake(container).reach("b1", SCHEDULED);
            client(container).connect(ROOM.toBuilder().user("bob").build());
            fake(container).reach("b1", READY);

            assertThat(events(container).seen()).allSatisfy(event -> {
                assertThat(event.backend().startedHere()).isTrue();
                assertThat(event.backend().user()).isEqualTo("ann");
                assertThat(event.history()).isFalse();
            });
        }
    }

    @Test
    void whatABackendOfOthersWentThroughIsHistory() {
        try (SeContainer container = Containers.start(Events.class)) {
            FakeJamsocket fake = fake(container);
            fake.connect(ROOM);
            fake.reach("b1", SCHEDULED, STARTING, States.unknown("dreaming"));
            fake.reach("b1", STARTING);
            client(container).connect(ROOM);
            fake.reach("b1", READY, TERMINATED);

            assertThat(events(container).seen().stream()
                            .map(event -> event.state().statusName() + " " + event.history()))
                    .containsExactly(
                            "scheduled true", "starting true", "dreaming true", "ready false", "terminated false");
            assertThat(events(container).seen())
                    .noneMatch(event -> event.backend().startedHere());
        }
    }

    @Test
    void whereABackendIsInAStateOfAnotherVersionTimesTellWhatIsHistory() {
        try (SeContainer container = Containers.start(Events.class)) {
            FakeJamsocket fake = fake(container);
            fake.connect(ROOM);
            fake.reach("b1", SCHEDULED, States.unknown("dreaming"));
            client(container).connect(ROOM);
            fake.reach("b1", READY);

            assertThat(events(container).seen().stream()
                            .map(event -> event.state().statusName() + " " + event.history()))
                    .containsExactly("scheduled true", "dreaming true", "ready false");
        }
    }

    @Test
    void theCallThatStartedTheBackendKnowsMoreThanOneThatFoundIt() {
        try (SeContainer container = Containers.start(Events.class)) {
            ConnectResponse.Builder answer = ConnectResponse.builder()
                    .backendId("b7")
                    .token("t")
                    .url(URI.create("http://localhost/"))
                    .statusUrl(URI.create("http://localhost/"));
            // The answer to the other call overtakes that of the call which started the backend.
            client(container).connect();
            FakeJamsocket fake = fake(container);
            fake.tell(
                    ROOM.toBuilder().user("bob").build(), answer.spawned(false).build());
            fake.tell(ROOM, answer.spawned(true).drone("drone-1").build());
            fake.reach("b7", READY);

            assertThat(events(container).seen()).singleElement().satisfies(event -> {
                assertThat(event.backend().user()).isEqualTo("ann");
                assertThat(event.backend().drone()).isEqualTo("drone-1");
                assertThat(event.backend().startedHere()).isTrue();
                assertThat(event.history()).isFalse();
            });
        }
    }

    @Test
    void labelsStayHere() {
        assertThat(ROOM.labels()).isEqualTo(Map.of("tenant", "acme"));
        assertThat(ROOM.toString()).doesNotContain("tenant", "acme");
        assertThat(BackendInfo.builder("b")
                        .user("ann")
                        .labels(ROOM.labels())
                        .build()
                        .toString())
                .doesNotContain("ann", "acme");
    }

    @Test
    void aLimitIsAnnouncedOnceAndAhead() {
        try (SeContainer container = Containers.start(Expiries.class)) {
            FakeClients clients = container.select(FakeClients.class).get();
            clients.set("jamsocket.expiry-notice", "PT30S");
            Expiries expiries = container.select(Expiries.class).get();
            Instant start = clients.time().now();
            client(container).connect(limited(Duration.ofHours(1)));
            client(container).connect(limited(Duration.ofMinutes(2)));
            client(container).connect(limited(Duration.ofSeconds(10)));
            client(container).connect();

            clients.time().advance(Duration.ZERO);
            eventually("that with no time left", () -> expiries.seen().equals(List.of("b3")));
            fake(container).reach("b2", TERMINATED);
            clients.time().advance(Duration.ofMinutes(59));
            assertThat(expiries.seen()).containsExactly("b3");
            clients.time().advance(Duration.ofSeconds(30));
            eventually("the first", () -> expiries.seen().size() == 2);
            clients.time().advance(Duration.ofHours(1));

            assertThat(expiries.seen()).containsExactly("b3", "b1");
            assertThat(expiries.last().time()).isEqualTo(start.plus(Duration.ofHours(1)));
            assertThat(expiries.last().backend().expires())
                    .isEqualTo(expiries.last().time());
        }
    }

    @Test
    void aLimitThatHasPassedOrThatNobodyAsksForIsNotAnnounced() {
        try (SeContainer container = Containers.start(Expiries.class)) {
            ManualTicker time = container.select(FakeClients.class).get().time();
            fake(container).connect(ROOM);
            container
                    .select(BackendFollower.class)
                    .get()
                    .follow(BackendInfo.builder("b1").expires(time.now()).build());
            assertThat(time.waiting()).isZero();
        }
        try (SeContainer container = Containers.start(Events.class)) {
            client(container).connect(limited(Duration.ofHours(1)));
            assertThat(container.select(FakeClients.class).get().time().waiting())
                    .isZero();
        }
    }

    @Test
    void aConnectSucceedsWhereTimeIsOverForTheEventsOfItsBackend() {
        try (SeContainer container = Containers.start(Expiries.class);
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            client(container).connect();
            container.select(FakeClients.class).get().time().close();

            assertThat(client(container).connect(limited(Duration.ofHours(1))).backendId())
                    .isEqualTo("b2");
            assertThat(log.texts()).singleElement().asString().contains("JAMSOCKET-202", "b2");
        }
    }

    private static ConnectRequest limited(Duration limit) {
        return ConnectRequest.builder()
                .spawn(SpawnOptions.builder().lifetimeLimit(limit).build())
                .build();
    }

    private static Jamsocket client(SeContainer container) {
        return container.select(Jamsocket.class).get();
    }

    private static FakeJamsocket fake(SeContainer container) {
        return container.select(FakeClients.class).get().client(null);
    }

    private static Events events(SeContainer container) {
        return container.select(Events.class).get();
    }

    @ApplicationScoped
    static class Events {
        private final List<BackendEvent> seen = new CopyOnWriteArrayList<>();

        void on(@Observes BackendEvent event) {
            seen.add(event);
        }

        List<BackendEvent> seen() {
            return seen;
        }
    }

    @ApplicationScoped
    static class Expiries {
        private final List<BackendExpiring> seen = new CopyOnWriteArrayList<>();

        void on(@Observes BackendExpiring event) {
            seen.add(event);
        }

        List<String> seen() {
            return seen.stream().map(BackendExpiring::backendId).toList();
        }

        BackendExpiring last() {
            return seen.get(seen.size() - 1);
        }
    }
}
