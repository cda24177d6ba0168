package com.jamsocket.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.testkit.States;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ManagedExecutorsTest {

    @Test
    void areNoneWithoutADirectory() {
        assertThat(ManagedExecutors.lookUp()).isEqualTo(new ManagedExecutors(null, null));
    }

    @Test
    void areThoseOfTheContainerWhereItHasSome() {
        Executor threads = action -> {};
        try (Directory directory = Directory.with("java:comp/DefaultManagedExecutorService", threads)) {
            assertThat(ManagedExecutors.lookUp()).isEqualTo(new ManagedExecutors(threads, null));

            directory.put("java:comp/DefaultContextService", ContainerContextTest.contextService());
            assertThat(ManagedExecutors.lookUp().context()).isNotNull();

            directory.put("java:comp/DefaultManagedExecutorService", "no executor");
            assertThat(ManagedExecutors.lookUp().executor()).isNull();
        }
    }

    @Test
    void anApplicationsAsynchronousObserversRunOnThem() throws InterruptedException {
        var service = Executors.newSingleThreadExecutor(action -> new Thread(action, "managed"));
        try (Directory directory = Directory.with("java:comp/DefaultManagedExecutorService", service);
                SeContainer container = Containers.start(OnWhichThread.class)) {
            directory.put("java:comp/Other", "nothing of interest");
            container.select(Jamsocket.class).get().connect();
            container.select(FakeClients.class).get().client(null).reach("b1", States.READY);

            assertThat(container.select(OnWhichThread.class).get().name())
                    .succeedsWithin(Duration.ofSeconds(30))
                    .isEqualTo("managed");
        }
        service.shutdown();
        assertThat(service.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @ApplicationScoped
    static class OnWhichThread {
        private final CompletableFuture<String> name = new CompletableFuture<>();

        void on(@ObservesAsync BackendState state) {
            name.complete(Thread.currentThread().getName());
        }

        CompletableFuture<String> name() {
            return name;
        }
    }

    @Test
    void areNoneWhateverTheServerThrows() {
        assertThat(ManagedExecutors.lookUp(() -> {
                    throw new NoClassDefFoundError("javax/naming/InitialContext");
                }))
                .isNull();
        assertThat(ManagedExecutors.lookUp(() -> {
                    throw new IllegalStateException("no component on this thread");
                }))
                .isNull();
        assertThat(ManagedExecutors.lookUp(() -> null)).isNull();
    }

    @Test
    void asynchronousObserversRunOnTheContainersThreadsWhichAreNotShutDown() throws InterruptedException {
        var service = Executors.newSingleThreadExecutor(action -> new Thread(action, "managed"));
        ContainerContext context = new ContainerContext(null, ManagedExecutorsTest.class.getClassLoader(), null);
        ObserverExecutor observers = new ObserverExecutor(new ApplicationThreads(service, context), context);
        AtomicReference<String> name = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        observers.execute(() -> {
            name.set(Thread.currentThread().getName());
            done.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                name.set("interrupted");
            }
        });
        done.await();
        observers.execute(() -> name.set("ran after the close"));

        observers.close();
        release.countDown();
        assertThatThrownBy(() -> observers.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);

        assertThat(service.isShutdown()).isFalse();
        service.shutdown();
        assertThat(service.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(name).hasValue("managed");
    }
}
