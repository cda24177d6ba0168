package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static com.jamsocket.testkit.States.READY;
import static com.jamsocket.testkit.States.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ContainerContextTest {

    private static final ThreadLocal<String> NAMING = ThreadLocal.withInitial(() -> "none");
    private static final ClassLoader LOADER = new URLClassLoader(new URL[0]);

    @Test
    void observersRunInTheContextInWhichTheApplicationWasStartedNotInThatOfACaller() {
        NAMING.set("start");
        try (var directory = Directory.with("java:comp/DefaultContextService", contextService());
                SeContainer container = Containers.start(Observer.class)) {
            NAMING.set("a caller");
            container.select(Jamsocket.class).get().connect();
            NAMING.set("a thread of the client");
            container.select(FakeClients.class).get().client(null).reach("b1", SCHEDULED, READY);

            Observer observer = container.select(Observer.class).get();
            eventually("all", () -> observer.found().size() == 4);
            assertThat(observer.found()).containsOnly("start");
            assertThat(NAMING.get()).isEqualTo("a thread of the client");
        } finally {
            NAMING.remove();
        }
    }

    @Test
    void anActionRunsWithoutTheNamingContextThatIsGone() {
        ContainerContext context = new ContainerContext(null, LOADER, action -> {
            throw new NoClassDefFoundError("the application is stopped");
        });
        AtomicReference<ClassLoader> loader = new AtomicReference<>();

        context.run(() -> loader.set(Thread.currentThread().getContextClassLoader()));

        assertThat(loader).hasValue(LOADER);
    }

    @Test
    void anActionThatFailsIsNotRunAgain() {
        ContainerContext context = new ContainerContext(null, LOADER, Runnable::run);
        AtomicInteger times = new AtomicInteger();

        assertThatThrownBy(() -> context.run(() -> {
                    times.incrementAndGet();
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(times).hasValue(1);
    }

    /** Captures the context of a thread as containers do. */
    static ContextService contextService() {
        return (ContextService) Proxy.newProxyInstance(
                ContextService.class.getClassLoader(),
                new Class<?>[] {ContextService.class},
                (proxy, method, arguments) ->
                        method.getName().equals("currentContextExecutor") ? captured(NAMING.get()) : null);
    }

    private static Executor captured(String naming) {
        return action -> {
            String before = NAMING.get();
            NAMING.set(naming);
            try {
                action.run();
            } finally {
                NAMING.set(before);
            }
        };
    }

    @ApplicationScoped
    static class Observer {
        private final List<String> found = new CopyOnWriteArrayList<>();

        void on(@Observes BackendState state) {
            found.add(NAMING.get());
        }

        void later(@ObservesAsync BackendState state) {
            found.add(NAMING.get());
        }

        List<String> found() {
            return found;
        }
    }
}
