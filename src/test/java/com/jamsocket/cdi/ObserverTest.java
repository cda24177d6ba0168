package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static com.jamsocket.testkit.States.READY;
import static com.jamsocket.testkit.States.SCHEDULED;
import static com.jamsocket.testkit.States.STARTING;
import static com.jamsocket.testkit.States.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.testkit.LogRecorder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObserverTest {

    @BeforeEach
    void waitForTheThreadsOfEarlierTests() {
        eventually("the end of their threads", () -> observerThreads().isEmpty());
    }

    @Test
    void asynchronousObserversReceiveStatesInOrderAndHoldUpNobody() throws InterruptedException {
        try (SeContainer container = Containers.start(Slow.class, Quick.class)) {
            FakeJamsocket fake = fake(container);
            Slow slow = container.select(Slow.class).get();
            container.select(Jamsocket.class).get().connect();

            fake.reach("b1", SCHEDULED, STARTING, READY, TERMINATED);

            assertThat(container.select(Quick.class).get().seen()).hasSize(4);
            assertThat(slow.began().await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(slow.seen()).isEmpty();
            assertThat(observerThreads()).hasSizeLessThanOrEqualTo(1);

            slow.release().countDown();
            eventually("all states", () -> slow.seen().size() == 4);
            assertThat(slow.seen()).containsExactly(SCHEDULED, STARTING, READY, TERMINATED);
            assertThat(slow.most().get()).isOne();
        }
        eventually("the end of the threads", () -> observerThreads().isEmpty());
    }

    @Test
    void asynchronousObserversOfOneBackendDoNotHoldUpAnother() {
        try (SeContainer container = Containers.start(Slow.class)) {
            FakeJamsocket fake = fake(container);
            Slow slow = container.select(Slow.class).get();
            container.select(Jamsocket.class).get().connect();
            container.select(Jamsocket.class).get().connect();

            fake.reach("b1", SCHEDULED);
            fake.reach("b2", READY);

            eventually("both", () -> slow.most().get() == 2);
            slow.release().countDown();
        }
    }

    @Test
    void runsNoAsynchronousObserverOnceTheContainerShutsDown() {
        Slow outer = new Slow();
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            SeContainer container = Containers.start(Slow.class);
            Slow slow = container.select(Slow.class).get();
            container.select(Jamsocket.class).get().connect();
            outer.watch(slow);
            fake(container).reach("b1", SCHEDULED, READY);
            eventually("the first", () -> outer.most().get() == 1);
            container.close();
            eventually("the end of the threads", () -> observerThreads().isEmpty());
            assertThat(log.warnings()).isEmpty();
        }
        assertThat(outer.interrupted().get()).isOne();
        assertThat(outer.seen()).isEmpty();
    }

    @Test
    void logsWhatSynchronousObserversThrowAndGoesOn() {
        try (SeContainer container = Containers.start(Throwing.class);
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            container.select(Jamsocket.class).get().connect();

            fake(container).reach("b1", SCHEDULED, READY, TERMINATED);

            assertThat(container.select(Throwing.class).get().seen()).containsExactly(SCHEDULED, READY, TERMINATED);
            assertThat(log.warnings()).hasSize(2).allSatisfy(warning -> assertThat(warning.getMessage())
                    .contains("b1"));
            assertThat(log.warnings().get(0).getThrown()).hasStackTraceContaining("not this one");
            assertThat(log.warnings().get(1).getThrown()).hasStackTraceContaining("nor this one");
        }
    }

    @Test
    void logsWhatAsynchronousObserversThrowOnceAndGoesOn() {
        try (SeContainer container = Containers.start(ThrowingAsynchronously.class);
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            container.select(Jamsocket.class).get().connect();

            fake(container).reach("b1", SCHEDULED, READY, TERMINATED);

            List<BackendState> seen =
                    container.select(ThrowingAsynchronously.class).get().seen();
            eventually("all states", () -> seen.contains(TERMINATED));
            assertThat(seen).containsExactly(SCHEDULED, READY, TERMINATED);
            assertThat(log.warnings()).singleElement().satisfies(warning -> {
                assertThat(warning.getMessage()).contains("b1").contains("scheduled");
                assertThat(warning.getThrown())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("not this one");
            });
        }
    }

    @Test
    void logsAnObserverThatFailsAgainAndAgainOnceAndThenHowOften() {
        try (SeContainer container = Containers.start(Checked.class);
                LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            container.select(Jamsocket.class).get().connect();

            fake(container).reach("b1", SCHEDULED, READY, TERMINATED);

            assertThat(log.warnings()).hasSize(2);
            assertThat(log.warnings().get(0).getThrown())
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("disk full");
            assertThat(log.warnings().get(1).getMessage()).contains("3 failures like this in all");
        }
    }

    @Test
    void whatAnUndeploymentThrowsIsNoFailureOfAnObserver() {
        try (LogRecorder log = new LogRecorder("com.jamsocket.cdi")) {
            try (SeContainer container = Containers.start(WithoutParts.class)) {
                container.select(Jamsocket.class).get().connect();
                fake(container).reach("b1", SCHEDULED);
                container.select(FakeClients.class).get().time().advance(ObserverFailures.UNDEPLOYMENT);
                assertThat(log.warnings()).as("no undeployment").hasSize(1);

                container.select(Jamsocket.class).get().connect();
                fake(container).reach("b2", SCHEDULED);
            }
            assertThat(log.warnings()).hasSize(1);
        }
    }

    @Test
    void observersRunInARequestOfTheirOwn() {
        try (SeContainer container = Containers.start(Request.class, InRequest.class)) {
            Request request = container.select(Request.class).get();
            InRequest observers = container.select(InRequest.class).get();
            container.select(Jamsocket.class).get().connect();

            onAnotherThread(() -> {
                fake(container).reach("b1", SCHEDULED, READY);
                assertThatThrownBy(request::id).isInstanceOf(ContextNotActiveException.class);
            });

            eventually("asynchronous observers", () -> observers.asynchronous().size() == 2);
            assertThat(observers.synchronous()).hasSize(2).doesNotHaveDuplicates();
            assertThat(observers.asynchronous()).hasSize(2).doesNotHaveDuplicates();
            eventually("the end of the requests", () -> observers.destroyed().get() == 4);
        }
    }

    @Test
    void observersJoinARequestThatIsActive() {
        try (SeContainer container = Containers.start(Request.class, InRequest.class)) {
            Request request = container.select(Request.class).get();
            container.select(Jamsocket.class).get().connect();

            onAnotherThread(() -> {
                RequestContextController controller =
                        container.select(RequestContextController.class).get();
                controller.activate();
                String id = request.id();
                fake(container).reach("b1", SCHEDULED, READY);
                assertThat(request.id()).isEqualTo(id);
                assertThat(container.select(InRequest.class).get().synchronous())
                        .containsExactly(id, id);
                controller.deactivate();
            });
        }
    }

    @Test
    void observersFindTheClassLoaderOfTheApplication() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader application = new URLClassLoader(new URL[0], before)) {
            thread.setContextClassLoader(application);
            try (SeContainer container = Containers.start(OfLoader.class)) {
                thread.setContextClassLoader(before);
                container.select(Jamsocket.class).get().connect();
                OfLoader observers = container.select(OfLoader.class).get();

                onAnotherThread(() -> {
                    Thread.currentThread().setContextClassLoader(null);
                    fake(container).reach("b1", READY);
                    assertThat(Thread.currentThread().getContextClassLoader()).isNull();
                });

                eventually("both", () -> observers.seen().size() == 2);
                assertThat(observers.seen()).containsOnly(application);
            } finally {
                thread.setContextClassLoader(application);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void takesTheLoaderOfItsOwnClassesWhereTheThreadHasNone() {
        onAnotherThread(() -> {
            Thread.currentThread().setContextClassLoader(null);
            assertThat(ContainerContext.currentLoader()).isSameAs(Clients.class.getClassLoader());
        });
    }

    private static void onAnotherThread(Runnable action) {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Thread thread = new Thread(action);
        thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
        thread.start();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(thread.isAlive()).isFalse();
        assertThat(failures).isEmpty();
    }

    private static FakeJamsocket fake(SeContainer container) {
        return container.select(FakeClients.class).get().client(null);
    }

    private static List<String> observerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("jamsocket-observer"))
                .toList();
    }

    @ApplicationScoped
    static class Slow {
        private final List<BackendState> seen = new CopyOnWriteArrayList<>();
        private final CountDownLatch began = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger interrupted = new AtomicInteger();
        private Slow watcher = this;

        void on(@ObservesAsync BackendState state) {
            watcher.most.accumulateAndGet(running.incrementAndGet(), Math::max);
            began.countDown();
            try {
                if (release.await(60, TimeUnit.SECONDS)) {
                    watcher.seen.add(state);
                }
            } catch (InterruptedException e) {
                watcher.interrupted.incrementAndGet();
            } finally {
                running.decrementAndGet();
            }
        }

        /** Lets this object, which outlives the container, know what the bean sees. */
        void watch(Slow bean) {
            bean.tell(this);
        }

        void tell(Slow watcher) {
            this.watcher = watcher;
        }

        List<BackendState> seen() {
            return seen;
        }

        CountDownLatch began() {
            return began;
        }

        CountDownLatch release() {
            return release;
        }

        AtomicInteger most() {
            return most;
        }

        AtomicInteger interrupted() {
            return interrupted;
        }
    }

    @ApplicationScoped
    static class Quick {
        private final List<BackendState> seen = new CopyOnWriteArrayList<>();

        void on(@Observes BackendState state) {
            seen.add(state);
        }

        List<BackendState> seen() {
            return seen;
        }
    }

    @ApplicationScoped
    static class Throwing {
        private final List<BackendState> seen = new CopyOnWriteArrayList<>();

        void on(@Observes BackendState state) {
            seen.add(state);
            if (state.equals(SCHEDULED)) {
                throw new IllegalArgumentException("not this one");
            }
            if (state.equals(READY)) {
                throw new AssertionError("nor this one");
            }
        }

        List<BackendState> seen() {
            return seen;
        }
    }

    @ApplicationScoped
    static class Checked {
        void on(@Observes BackendState state) throws IOException {
            throw new IOException("disk full");
        }
    }

    @ApplicationScoped
    static class WithoutParts {
        void on(@Observes BackendState state) {
            throw new ContextNotActiveException("no bean any more");
        }
    }

    @ApplicationScoped
    static class ThrowingAsynchronously {
        private final List<BackendState> seen = new CopyOnWriteArrayList<>();

        void on(@ObservesAsync BackendState state) {
            seen.add(state);
            if (state.equals(SCHEDULED)) {
                throw new IllegalArgumentException("not this one");
            }
        }

        List<BackendState> seen() {
            return seen;
        }
    }

    @RequestScoped
    static class Request {
        private final String id = UUID.randomUUID().toString();
        private AtomicInteger destroyed = new AtomicInteger();

        String id() {
            return id;
        }

        String countedIn(AtomicInteger counter) {
            destroyed = counter;
            return id;
        }

        @PreDestroy
        void end() {
            destroyed.incrementAndGet();
        }
    }

    @ApplicationScoped
    static class InRequest {
        private final List<String> synchronous = new CopyOnWriteArrayList<>();
        private final List<String> asynchronous = new CopyOnWriteArrayList<>();
        private final AtomicInteger destroyed = new AtomicInteger();

        void on(@Observes BackendState state, Request request) {
            synchronous.add(request.countedIn(destroyed));
        }

        void onAsync(@ObservesAsync BackendState state, Request request) {
            asynchronous.add(request.countedIn(destroyed));
        }

        List<String> synchronous() {
            return synchronous;
        }

        List<String> asynchronous() {
            return asynchronous;
        }

        AtomicInteger destroyed() {
            return destroyed;
        }
    }

    @ApplicationScoped
    static class OfLoader {
        private final List<ClassLoader> seen = new CopyOnWriteArrayList<>();

        void on(@Observes BackendState state) {
            seen.add(Thread.currentThread().getContextClassLoader());
        }

        void onAsync(@ObservesAsync BackendState state) {
            seen.add(Thread.currentThread().getContextClassLoader());
        }

        List<ClassLoader> seen() {
            return seen;
        }
    }
}
