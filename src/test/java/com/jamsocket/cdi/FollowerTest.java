package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static com.jamsocket.testkit.States.READY;
import static com.jamsocket.testkit.States.SCHEDULED;
import static com.jamsocket.testkit.States.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketAsync;
import com.jamsocket.testkit.LogRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Following in the hand of the application. */
class FollowerTest {

    private static final ConnectRequest ROOM =
            ConnectRequest.builder().key("room/1").label("tenant", "acme").build();

    @Test
    void followsWhatTheApplicationKnowsOf() {
        try (SeContainer container = Containers.start(Events.class)) {
            fake(container).connect(ROOM);
            fake(container).reach("b1", SCHEDULED, READY);
            BackendInfo known = BackendInfo.builder("b1").label("row", "7").build();

            assertThat(follower(container).follow(known)).isTrue();
            assertThat(follower(container).follow(known)).isFalse();
            assertThat(follower(container).isFollowed("b1")).isTrue();
            assertThat(follower(container).followed()).containsExactly(known);
            fake(container).reach("b1", TERMINATED);

            assertThat(events(container).seen())
                    .containsExactly("scheduled history 7", "ready history 7", "terminated live 7", "end");
            assertThat(follower(container).isFollowed("b1")).isFalse();
            assertThat(follower(container).followed()).isEmpty();
            assertThat(follower(container).follow("b1")).as("its end was told").isFalse();
        }
    }

    @Test
    void connectAloneFollowsNothingUnderManual() {
        try (SeContainer container = Containers.start(Events.class)) {
            container.select(FakeClients.class).get().set("jamsocket.follow", "manual");
            ConnectResponse response = client(container).connect(ROOM);
            fake(container).reach("b1", SCHEDULED);
            assertThat(follower(container).isFollowed("b1")).isFalse();

            assertThat(follower(container).follow(BackendInfo.of(ROOM, response)))
                    .isTrue();
            fake(container).reach("b1", READY);

            assertThat(events(container).seen()).containsExactly("scheduled live null", "ready live null");
            assertThat(follower(container).followed().get(0).labels()).containsEntry("tenant", "acme");
        }
    }

    @Test
    void nothingIsFollowedWhereFollowingIsOff() {
        try (SeContainer container = Containers.start(Events.class)) {
            container.select(FakeClients.class).get().set("jamsocket.follow", "false");
            fake(container).connect(ROOM);

            assertThat(follower(container).follow("b1")).isFalse();
            assertThat(fake(container).opened).isEmpty();
        }
    }

    @Test
    void nothingIsFollowedForNobody() {
        try (SeContainer container = Containers.start()) {
            fake(container).connect(ROOM);

            assertThat(follower(container).follow("b1")).isFalse();
        }
    }

    @Test
    void whatWasLeftIsFollowedAgainByTheNextConnectAndTellsWhatIsNew() {
        try (SeContainer container = Containers.start(Events.class)) {
            client(container).connect(ROOM);
            fake(container).reach("b1", SCHEDULED);
            follower(container).unfollow("b1");
            fake(container).reach("b1", READY);
            client(container).connect(ROOM);

            assertThat(events(container).seen()).containsExactly("scheduled live null", "end", "ready live null");
        }
    }

    @Test
    void whatIsStillToTellThatItWasLeftIsFollowedAgainAfterThat() {
        try (SeContainer container = Containers.start(Events.class)) {
            client(container).connect(ROOM);
            fake(container).reach("b1", SCHEDULED);
            fake(container).closing = new CompletableFuture<>();
            assertThat(follower(container).unfollow("b1")).isTrue();
            assertThat(follower(container).follow("b1")).isTrue();
            assertThat(fake(container).streams).hasSize(1);

            fake(container).closing.complete(null);
            fake(container).reach("b1", READY);

            assertThat(follower(container).isFollowed("b1")).isTrue();
            assertThat(events(container).seen()).containsExactly("scheduled live null", "end", "ready live null");
        }
    }

    @Test
    void whatWasLeftOnceMoreIsNotFollowedAgain() {
        try (SeContainer container = Containers.start(Events.class)) {
            client(container).connect(ROOM);
            fake(container).closing = new CompletableFuture<>();
            follower(container).unfollow("b1");
            follower(container).follow("b1");
            follower(container).unfollow("b1");

            fake(container).closing.complete(null);

            assertThat(follower(container).isFollowed("b1")).isFalse();
            assertThat(events(container).seen()).containsExactly("end");
        }
    }

    @Test
    void anObserverMayLeaveTheBackendThatItIsToldAbout() {
        try (SeContainer container = Containers.start(Events.class, Leaver.class)) {
            client(container).connect(ROOM);
            fake(container).reach("b1", READY, TERMINATED);

            assertThat(events(container).seen()).containsOnlyOnce("end").doesNotContain("terminated live null");
        }
    }

    @Test
    void anObserverMayLeaveABackendWhileItsStreamIsStillBeingOpened() {
        try (SeContainer container = Containers.start(Events.class, Leaver.class)) {
            fake(container).connect(ROOM);
            fake(container).reach("b1", SCHEDULED, READY);
            client(container).connect(ROOM);

            assertThat(fake(container).streams).singleElement().satisfies(stream -> assertThat(stream.end)
                    .isCompleted());
            fake(container).reach("b1", TERMINATED);
            assertThat(events(container).seen())
                    .containsOnlyOnce("end")
                    .contains("scheduled history null")
                    .doesNotContain("terminated live null");
        }
    }

    @Test
    void whatAConnectTellsOfABackendThatWasLeftCountsMoreThanWhatWasKnown() {
        try (SeContainer container = Containers.start(Events.class)) {
            fake(container).connect(ROOM);
            follower(container)
                    .follow(BackendInfo.builder("b1").label("row", "7").build());
            follower(container).unfollow("b1");
            client(container).connect(ROOM.toBuilder().label("row", "8").build());
            fake(container).reach("b1", READY);

            assertThat(events(container).seen()).containsExactly("end", "ready live 8");
        }
    }

    @Test
    void theFirstAnswerThatStartedABackendStays() {
        try (SeContainer container = Containers.start(Events.class)) {
            ConnectResponse started = fake(container).connect(ROOM);
            assertThat(follower(container).follow(BackendInfo.of(ROOM, started)))
                    .isTrue();
            ConnectRequest other = ROOM.toBuilder().label("row", "8").build();
            assertThat(follower(container).follow(BackendInfo.of(other, started)))
                    .isFalse();

            assertThat(follower(container).followed().get(0).labels()).containsExactly(Map.entry("tenant", "acme"));
        }
    }

    @Test
    void aClientThatIsClosedIsNotFollowedOverAndThrowsNothing() {
        FakeJamsocket own = new FakeJamsocket();
        own.connect(ROOM);
        try (SeContainer container = Containers.start(Events.class);
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            own.close();
            assertThat(follower(container).over(Foreign.of(own)).follow("b1")).isTrue();
            eventually("its end", () -> events(container).seen().equals(List.of("end")));
            assertThat(log.warnings()).as("it was closed on purpose").isEmpty();

            BackendFollower refusing = follower(container).over(Foreign.refusing());
            assertThat(refusing.follow("b1")).isTrue();
            eventually("its end", () -> events(container).seen().equals(List.of("end", "end")));
            assertThat(refusing.isFollowed("b1")).isFalse();
        }
    }

    @Test
    void dronesCannotBeWatchedOverAClientThatKnowsNoCluster() {
        FakeJamsocket own = new FakeJamsocket();
        own.connect(ROOM);
        try (SeContainer container = Containers.start(Events.class);
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            FakeClients clients = container.select(FakeClients.class).get();
            clients.set("jamsocket.drone-lost-after", "PT1M");
            BackendFollower over = follower(container).over(Foreign.of(own));
            over.follow(BackendInfo.builder("b1").drone("dr-1").build());
            clients.time().advance(Duration.ofMinutes(1));
            over.follow(BackendInfo.builder("b2").drone("dr-1").build());
            clients.time().advance(Duration.ofMinutes(1));

            assertThat(log.texts()).singleElement().asString().contains("JAMSOCKET-208");
        }
    }

    @Test
    void whatIsInjectedSaysSo() {
        try (SeContainer container = Containers.start(Events.class)) {
            assertThat(client(container)).hasToString("Jamsocket[injected]");
            assertThat(Containers.named(container, "docs")).hasToString("Jamsocket[injected, name=docs]");
            assertThat(follower(container).over(new FakeJamsocket())).hasToString("BackendFollower[injected]");
        }
    }

    @Test
    void eachClientHasAFollowerOfItsOwn() {
        try (SeContainer container = Containers.start(Events.class)) {
            FakeJamsocket docs = container.select(FakeClients.class).get().client("docs");
            docs.connect(ROOM);
            BackendFollower follower =
                    container.select(Containers.Lookup.class).get().follower("docs");

            assertThat(follower.follow("b1")).isTrue();

            assertThat(follower.followed().get(0).client()).isEqualTo("docs");
            assertThat(follower(container).isFollowed("b1")).isFalse();
            assertThat(docs.opened).containsExactly("b1");
        }
    }

    @Test
    void refusesIdsThatNoBackendHas() {
        try (SeContainer container = Containers.start(Events.class)) {
            assertThatThrownBy(() -> follower(container).follow("a/b")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void followsOverAClientOfTheApplicationsOwn() {
        FakeJamsocket own = new FakeJamsocket();
        Jamsocket unknown = Foreign.of(own);
        try (SeContainer container = Containers.start(Events.class)) {
            ConnectResponse response = unknown.connect(ROOM);
            BackendFollower follower = follower(container).over(unknown);

            assertThat(follower.follow(BackendInfo.of(ROOM, response))).isTrue();
            assertThat(follower(container).over(unknown).isFollowed("b1")).isTrue();
            own.reach("b1", SCHEDULED, TERMINATED);

            assertThat(events(container).seen()).containsExactly("scheduled live null", "terminated live null", "end");
            assertThat(container.select(FakeClients.class).get().made()).isEmpty();
            unknown.connect();
            follower.follow("b2");
        }
        assertThat(own.closed).isFalse();
        assertThat(own.streams).hasSize(2).allMatch(stream -> stream.end.isDone());
    }

    @Test
    void aClientOfThisLibraryIsKnownBehindAnyProxy() {
        FakeJamsocket own = new FakeJamsocket();
        own.connect(ROOM);
        try (SeContainer container = Containers.start(Events.class)) {
            follower(container).over(Proxied.of(own)).follow("b1");

            assertThat(own.opened).containsExactly("b1");
            assertThat(own.calls).as("a foreign one is asked for the state").isEmpty();
        }
    }

    @Test
    void aStreamThatAForeignClientOpensTooLateIsClosed() {
        FakeJamsocket own = new FakeJamsocket();
        own.connect(ROOM);
        own.gate = new CompletableFuture<>();
        try (SeContainer container = Containers.start(Events.class)) {
            BackendFollower over = follower(container).over(Foreign.of(own));
            over.follow("b1");
            over.unfollow("b1");
            eventually("its end", () -> events(container).seen().equals(List.of("end")));

            own.gate.complete(null);

            assertThat(own.streams).singleElement().satisfies(stream -> assertThat(stream.end)
                    .isDone());
        }
    }

    @Test
    void oneClientIsFollowedUnderTheNameOfEachFollower() {
        FakeJamsocket own = new FakeJamsocket();
        own.connect(ROOM);
        try (SeContainer container = Containers.start(OfRooms.class)) {
            Containers.Lookup lookup = container.select(Containers.Lookup.class).get();
            follower(container).over(own).follow("b1");
            lookup.follower("rooms").over(own).follow("b1");
            own.reach("b1", READY);

            OfRooms observers = container.select(OfRooms.class).get();
            assertThat(observers.rooms()).containsExactly("ready", "ready");
            assertThat(observers.unnamed()).containsExactly("ready");
        }
    }

    @Test
    void aLimitIsAnnouncedOnceHoweverOftenItIsFollowedAgain() {
        try (SeContainer container = Containers.start(Limits.class)) {
            Limits limits = container.select(Limits.class).get();
            FakeClients clients = container.select(FakeClients.class).get();
            fake(container).connect(ROOM);
            BackendInfo brief = BackendInfo.builder("b1")
                    .expires(clients.time().now().plusSeconds(30))
                    .build();
            follower(container).follow(brief);
            clients.time().advance(Duration.ZERO);
            eventually("the notice", () -> limits.seen().equals(List.of("expiring")));
            follower(container).unfollow("b1");
            follower(container).follow(brief);
            clients.time().advance(Duration.ZERO);
            fake(container).reach("b1", TERMINATED);

            eventually("both ends", () -> limits.seen().equals(List.of("expiring", "end", "end")));
        }
    }

    @Test
    void aNamedClientsObserversHearNothingOfAnother() {
        try (SeContainer container = Containers.start(OfRooms.class)) {
            FakeClients clients = container.select(FakeClients.class).get();
            client(container).connect(ROOM);
            Containers.named(container, "rooms").connect(ROOM);
            Containers.named(container, "halls").connect(ROOM);
            clients.client("rooms").reach("b1", SCHEDULED, TERMINATED);
            clients.client("halls").reach("b1", READY, TERMINATED);
            clients.client(null).reach("b1", READY, TERMINATED);

            OfRooms observers = container.select(OfRooms.class).get();
            assertThat(observers.rooms()).containsExactly("scheduled", "scheduled", "terminated", "terminated", "end");
            assertThat(observers.unnamed()).containsExactly("ready", "terminated", "end");
            assertThat(clients.client("halls").opened)
                    .as("nobody observes them")
                    .isEmpty();
        }
    }

    private static Jamsocket client(SeContainer container) {
        return container.select(Jamsocket.class).get();
    }

    private static BackendFollower follower(SeContainer container) {
        return container.select(BackendFollower.class).get();
    }

    private static FakeJamsocket fake(SeContainer container) {
        return container.select(FakeClients.class).get().client(null);
    }

    private static Events events(SeContainer container) {
        return container.select(Events.class).get();
    }

    /** Has the interface alone, as the proxies of containers. */
    private static final class Proxied {
        static <T> T of(Class<T> type, T behind) {
            return type.cast(Proxy.newProxyInstance(
                    Proxied.class.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> method.isDefault()
                            ? InvocationHandler.invokeDefault(proxy, method)
                            : method.invoke(behind, arguments)));
        }

        static Jamsocket of(Jamsocket client) {
            return of(Jamsocket.class, client);
        }
    }

    /** A client that can do no more than the interfaces. */
    private static final class Foreign {
        static Jamsocket of(Jamsocket client) {
            return (Jamsocket) Proxy.newProxyInstance(
                    Foreign.class.getClassLoader(),
                    new Class<?>[] {Jamsocket.class},
                    (proxy, method, arguments) -> method.getName().equals("async")
                            ? Proxied.of(JamsocketAsync.class, client.async())
                            : method.isDefault()
                                    ? InvocationHandler.invokeDefault(proxy, method)
                                    : method.invoke(client, arguments));
        }

        /** One that throws at once what others complete with. */
        static Jamsocket refusing() {
            return (Jamsocket) Proxy.newProxyInstance(
                    Foreign.class.getClassLoader(),
                    new Class<?>[] {Jamsocket.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == arguments[0];
                        default -> throw new IllegalStateException("closed");
                    });
        }
    }

    @ApplicationScoped
    static class Events {
        private final List<String> seen = new CopyOnWriteArrayList<>();

        void on(@Observes BackendEvent event) {
            seen.add(event.state().statusName()
                    + (event.history() ? " history " : " live ")
                    + event.backend().labels().get("row"));
        }

        void on(@Observes BackendEnd end) {
            seen.add("end");
        }

        List<String> seen() {
            return seen;
        }
    }

    @ApplicationScoped
    static class Limits {
        private final List<String> seen = new CopyOnWriteArrayList<>();

        void on(@Observes BackendExpiring event) {
            seen.add("expiring");
        }

        void on(@Observes BackendEnd end) {
            seen.add("end");
        }

        List<String> seen() {
            return seen;
        }
    }

    @ApplicationScoped
    static class Leaver {
        void on(@Observes BackendEvent event, BackendFollower follower) {
            follower.unfollow(event.backendId());
        }
    }

    @ApplicationScoped
    static class OfRooms {
        private final List<String> rooms = new CopyOnWriteArrayList<>();
        private final List<String> unnamed = new CopyOnWriteArrayList<>();

        void onState(@Observes @FromClient("rooms") com.jamsocket.BackendState state) {
            rooms.add(state.statusName());
        }

        void onEvent(@Observes @FromClient("rooms") BackendEvent event) {
            rooms.add(event.state().statusName());
        }

        void onEnd(@Observes @FromClient("rooms") BackendEnd end) {
            rooms.add("end");
        }

        void onUnnamed(@Observes @FromClient("") BackendEvent event) {
            unnamed.add(event.state().statusName());
        }

        void onUnnamedEnd(@Observes @FromClient("") BackendEnd end) {
            unnamed.add("end");
        }

        List<String> rooms() {
            return rooms;
        }

        List<String> unnamed() {
            return unnamed;
        }
    }
}
