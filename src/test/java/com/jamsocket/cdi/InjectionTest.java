package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.TerminationKind;
import com.jamsocket.testkit.LogRecorder;
import com.jamsocket.testkit.States;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InjectionTest {

    @Test
    void injectsOneDefaultClientForTheApplicationMadeAtItsFirstUse() {
        try (SeContainer container = Containers.start(Application.class)) {
            Application application = container.select(Application.class).get();
            FakeClients clients = container.select(FakeClients.class).get();
            assertThat(clients.made()).isEmpty();

            application.client().connect();
            container.select(Jamsocket.class).get().connect();

            assertThat(clients.made()).containsExactly("null");
        }
    }

    @Test
    void injectsNamedClientsSharedByTheirName() {
        try (SeContainer container = Containers.start(Application.class)) {
            Application application = container.select(Application.class).get();
            FakeClients clients = container.select(FakeClients.class).get();

            application.docs().status("d1");
            application.rooms().status("r1");
            Containers.named(container, "docs").status("d2");

            assertThat(clients.made()).containsExactly("docs", "rooms");
            assertThat(clients.client("docs").calls).containsExactly("status d1", "status d2");
            assertThat(clients.client("rooms").calls).containsExactly("status r1");
        }
    }

    @Test
    void passesEachCallOnToTheClient() throws Exception {
        try (SeContainer container = Containers.start()) {
            Jamsocket client = container.select(Jamsocket.class).get();
            FakeJamsocket fake = container.select(FakeClients.class).get().client(null);
            String id = client.connect().backendId();

            assertThat(client.status(id)).isEqualTo(States.READY);
            assertThat(client.statusStream(id, state -> {}).backendId()).isEqualTo(id);
            assertThat(client.statusPublisher(id)).isNotNull();
            assertThat(client.awaitReady(id, Duration.ofSeconds(1))).isEqualTo(States.READY);
            assertThat(client.awaitTerminated(id, Duration.ofSeconds(2)).state())
                    .isEqualTo(States.TERMINATED);
            client.terminate(id, TerminationKind.SOFT);

            var async = client.async();
            assertThat(async.status(id).toCompletableFuture().get()).isEqualTo(States.READY);
            assertThat(async.statusStream(id, state -> {})
                            .toCompletableFuture()
                            .get()
                            .backendId())
                    .isEqualTo(id);
            assertThat(async.awaitReady(id, Duration.ofSeconds(3))
                            .toCompletableFuture()
                            .get())
                    .isEqualTo(States.READY);
            assertThat(async.awaitTerminated(id, Duration.ofSeconds(4))
                            .toCompletableFuture()
                            .get()
                            .state())
                    .isEqualTo(States.TERMINATED);
            assertThat(async.terminate(id, TerminationKind.HARD)).isCompleted();

            assertThat(fake.opened).hasSize(2);
            assertThat(fake.calls)
                    .containsExactly(
                            "status b1",
                            "statusPublisher b1",
                            "awaitReady b1 PT1S",
                            "awaitTerminated b1 PT2S",
                            "terminate b1 SOFT",
                            "status b1",
                            "awaitReady b1 PT3S",
                            "awaitTerminated b1 PT4S",
                            "terminate b1 HARD");
        }
    }

    @Test
    void closesClientsWithTheContainerOnly() {
        FakeJamsocket standard;
        FakeJamsocket docs;
        Jamsocket injected;
        try (SeContainer container = Containers.start()) {
            FakeClients clients = container.select(FakeClients.class).get();
            standard = clients.client(null);
            docs = clients.client("docs");
            injected = Containers.named(container, "docs");
            container.select(Jamsocket.class).get().connect();
            injected.connect();

            container.select(Jamsocket.class).get().close();
            injected.close();

            assertThat(standard.closed).isFalse();
            assertThat(docs.closed).isFalse();
        }
        assertThat(standard.closed).isTrue();
        assertThat(docs.closed).isTrue();
        assertThatThrownBy(injected::connect).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closesTheOtherClientsWhenSomeFailToClose() {
        List<FakeJamsocket> made;
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            try (SeContainer container = Containers.start()) {
                FakeClients clients = container.select(FakeClients.class).get();
                List<String> names = List.of("a", "b", "c", "x", "y", "z");
                made = names.stream().map(clients::client).toList();
                made.subList(0, 3).forEach(client -> client.closeFailure = new IllegalStateException("stuck"));
                names.forEach(name -> Containers.named(container, name).connect());
            }
            assertThat(log.warnings()).hasSize(3);
        }
        assertThat(made.subList(3, 6)).allMatch(client -> client.closed);
    }

    @Test
    void makesTheDefaultClientAnewAfterItsBeanWasDestroyed() {
        try (SeContainer container = Containers.start()) {
            FakeClients clients = container.select(FakeClients.class).get();
            Instance<Jamsocket> instance = container.select(Jamsocket.class);
            Jamsocket client = instance.get();
            FakeJamsocket first = clients.client(null);
            client.connect();
            clients.renew(null);

            instance.destroy(client);
            client.connect();

            assertThat(first.closed).isTrue();
            assertThat(clients.client(null).closed).isFalse();
            assertThat(clients.made()).hasSize(2);
        }
    }

    @Test
    void triesAgainAfterAClientCouldNotBeMade() {
        try (SeContainer container = Containers.start()) {
            FakeClients clients = container.select(FakeClients.class).get();
            Jamsocket client = container.select(Jamsocket.class).get();
            clients.whenMaking(() -> {
                throw new JamsocketConfigurationException(List.of("no token"));
            });
            assertThatThrownBy(client::connect)
                    .isInstanceOf(JamsocketConfigurationException.class)
                    .hasMessageContaining("no token");
            clients.whenMaking(() -> {});

            assertThat(client.connect().backendId()).isEqualTo("b1");
        }
    }

    @Test
    void closesAClientThatIsMadeWhileItsContainerIsShutDown() {
        try (SeContainer container = Containers.start()) {
            FakeClients clients = container.select(FakeClients.class).get();
            Jamsocket client = container.select(Jamsocket.class).get();
            clients.whenMaking(container.select(Clients.class).get()::close);

            assertThatThrownBy(client::connect).isInstanceOf(IllegalStateException.class);

            assertThat(clients.client(null).closed).isTrue();
        }
    }

    @Test
    void makesAClientWithTheClassLoaderOfTheApplicationWhoeverCallsFirst() throws InterruptedException {
        try (SeContainer container = Containers.start()) {
            AtomicReference<ClassLoader> loader = new AtomicReference<>();
            container
                    .select(FakeClients.class)
                    .get()
                    .whenMaking(() -> loader.set(Thread.currentThread().getContextClassLoader()));
            Thread caller = new Thread(container.select(Jamsocket.class).get()::connect);
            caller.setContextClassLoader(null);
            caller.start();
            caller.join();

            assertThat(loader.get()).isNotNull().isSameAs(Thread.currentThread().getContextClassLoader());
        }
    }

    @Test
    void makesAClientOnceWhenManyThreadsAskForIt() throws InterruptedException {
        try (SeContainer container = Containers.start()) {
            FakeClients clients = container.select(FakeClients.class).get();
            Jamsocket docs = Containers.named(container, "docs");
            List<Thread> threads = IntStream.range(0, 8)
                    .mapToObj(i -> new Thread(docs::connect))
                    .toList();
            clients.whenMaking(() -> eventually(
                    "the other threads",
                    () -> clients.made().size() > 1
                            || threads.stream()
                                    .filter(thread -> thread != Thread.currentThread())
                                    .allMatch(InjectionTest::isHeldUp)));
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(clients.made()).containsExactly("docs");
        }
    }

    @Test
    void refusesANamedClientWithoutAName() {
        try (SeContainer container = Containers.start()) {
            assertThatThrownBy(() -> Containers.named(container, " ").connect())
                    .isInstanceOf(JamsocketConfigurationException.class)
                    .hasMessageContaining("without a name");

            var beans = container.getBeanContainer();
            var bean = beans.resolve(beans.getBeans(Jamsocket.class, JamsocketService.Literal.of("x")));
            assertThatThrownBy(() -> beans.getReference(bean, Jamsocket.class, beans.createCreationalContext(bean)))
                    .isInstanceOf(JamsocketConfigurationException.class)
                    .hasMessageContaining("JamsocketService.Literal.of");
        }
    }

    @Test
    void leavesOtherTypesToTheApplication() {
        try (SeContainer container = Containers.start()) {
            assertThat(container
                            .select(AutoCloseable.class, Any.Literal.INSTANCE)
                            .isUnsatisfied())
                    .isTrue();
        }
    }

    @Test
    void yieldsToAnAlternativeOfTheApplication() {
        try (SeContainer container = Containers.start(Application.class, OwnProducer.class)) {
            Application application = container.select(Application.class).get();

            application.client().status("own");

            assertThat(OwnProducer.OWN.calls).containsExactly("status own");
            assertThat(container.select(FakeClients.class).get().made()).isEmpty();
            assertThat(application.docs().connect().backendId()).isEqualTo("b1");
        }
    }

    @Test
    void keepsTheClientsOfTwoApplicationsApart() {
        try (SeContainer one = Containers.start()) {
            FakeJamsocket other;
            try (SeContainer two = Containers.start()) {
                Containers.named(two, "docs").connect();
                other = two.select(FakeClients.class).get().client("docs");
                assertThat(one.select(FakeClients.class).get().made()).isEmpty();
                Containers.named(one, "docs").connect();
            }
            assertThat(other.closed).isTrue();
            assertThat(one.select(FakeClients.class).get().client("docs").closed)
                    .isFalse();
        }
    }

    @Test
    void survivesTheSerializationOfBeansThatHoldIt() throws Exception {
        try (SeContainer container = Containers.start()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(Containers.named(container, "docs"));
            }
            Object read;
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                read = in.readObject();
            }
            assertThat(read).hasToString("Jamsocket[injected, name=docs]");
            assertThat(((Jamsocket) read).connect().backendId()).isEqualTo("b1");
            assertThat(container.select(FakeClients.class).get().made()).containsExactly("docs");
        }
    }

    private static boolean isHeldUp(Thread thread) {
        return thread.getState() == Thread.State.BLOCKED || thread.getState() == Thread.State.WAITING;
    }

    @ApplicationScoped
    static class Application {
        @Inject
        Jamsocket client;

        @Inject
        @JamsocketService("docs")
        Jamsocket docs;

        private Jamsocket rooms;

        @Inject
        void rooms(@JamsocketService("rooms") Jamsocket rooms) {
            this.rooms = rooms;
        }

        Jamsocket client() {
            return client;
        }

        Jamsocket docs() {
            return docs;
        }

        Jamsocket rooms() {
            return rooms;
        }
    }

    @Alternative
    @Priority(1)
    @Dependent
    static class OwnProducer {
        static final FakeJamsocket OWN = new FakeJamsocket();

        @Produces
        @ApplicationScoped
        Jamsocket own() {
            return OWN;
        }
    }
}
