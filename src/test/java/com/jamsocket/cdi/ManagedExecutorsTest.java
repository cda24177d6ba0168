package com.jamsocket.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.Test;

class ManagedExecutorsTest {

    @Test
    void areNoneWithoutADirectory() {
        assertThat(ManagedExecutors.lookUp()).isEqualTo(new ManagedExecutors(null, null));
    }

    @Test
    void areThoseOfTheContainerWhereItHasSome() {
        ScheduledExecutorService service = Executors.newSingleThreadScheduledExecutor();
        String before = System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Directory.class.getName());
        try {
            Directory.ENTRIES.set(Map.of(
                    "java:comp/DefaultManagedExecutorService", service,
                    "java:comp/DefaultManagedScheduledExecutorService", service));
            assertThat(ManagedExecutors.lookUp()).isEqualTo(new ManagedExecutors(service, service));

            Directory.ENTRIES.set(Map.of("java:comp/DefaultManagedExecutorService", "no executor"));
            assertThat(ManagedExecutors.lookUp()).isEqualTo(new ManagedExecutors(null, null));
        } finally {
            if (before == null) {
                System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
            }
            Directory.ENTRIES.set(Map.of());
            service.shutdownNow();
        }
    }

    @Test
    void areNoneWhateverTheServerThrows() {
        assertThat(ManagedExecutors.lookUp(Executor.class, () -> {
                    throw new NoClassDefFoundError("javax/naming/InitialContext");
                }))
                .isNull();
        assertThat(ManagedExecutors.lookUp(Executor.class, () -> {
                    throw new IllegalStateException("no component on this thread");
                }))
                .isNull();
        assertThat(ManagedExecutors.lookUp(Executor.class, () -> null)).isNull();
    }

    @Test
    void asynchronousObserversRunOnTheContainersThreadsWhichAreNotShutDown() throws InterruptedException {
        var service = Executors.newSingleThreadExecutor(action -> new Thread(action, "managed"));
        ContainerContext context = new ContainerContext(null, ManagedExecutorsTest.class.getClassLoader());
        ObserverExecutor observers = new ObserverExecutor(service, context);
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
        assertThat(service.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        assertThat(name).hasValue("managed");
    }

    /** A directory with what the test put into it. */
    public static final class Directory implements InitialContextFactory {
        static final AtomicReference<Map<String, Object>> ENTRIES = new AtomicReference<>(Map.of());

        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            return (Context) Proxy.newProxyInstance(
                    Directory.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                        if (!method.getName().equals("lookup")) {
                            return null;
                        }
                        Object found = ENTRIES.get().get(arguments[0]);
                        if (found == null) {
                            throw new NameNotFoundException((String) arguments[0]);
                        }
                        return found;
                    });
        }
    }
}
