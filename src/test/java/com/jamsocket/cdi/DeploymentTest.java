package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static com.jamsocket.testkit.States.READY;
import static com.jamsocket.testkit.States.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The beans as a container finds them by itself, in an archive with the beans.xml of the jar. */
@ExtendWith(ArquillianExtension.class)
class DeploymentTest {

    @Deployment
    static JavaArchive archive() {
        return ShrinkWrap.create(JavaArchive.class)
                .addClasses(
                        Backend.class, BackendEvents.class, ClientFactory.class, Clients.class, ContainerContext.class)
                .addClasses(FollowedBackend.class, Following.class, InjectedJamsocket.class)
                .addClasses(JamsocketProducer.class, JamsocketService.class, ManagedExecutors.class)
                .addClasses(ObserverExecutor.class, OpenClient.class, ClientEvents.class)
                .addClasses(Application.class, FakeClients.class)
                .addAsManifestResource("META-INF/beans.xml", "beans.xml");
    }

    @Inject
    Jamsocket client;

    @Inject
    @JamsocketService("docs")
    Jamsocket docs;

    @Inject
    FakeClients clients;

    @Inject
    Application application;

    @Test
    void injectsAndObservesInAnArchiveWithAnnotatedBeansOnly() {
        client.connect();
        docs.status("d1");
        clients.client(null).reach("b1", SCHEDULED, READY);

        assertThat(clients.made()).containsExactly("null", "docs");
        assertThat(application.ready()).containsExactly(READY);
        eventually("asynchronous observers", () -> application.asynchronous().size() == 2);
        assertThat(application.asynchronous()).containsExactly(SCHEDULED, READY);
    }

    @ApplicationScoped
    static class Application {
        private final List<BackendState> ready = new CopyOnWriteArrayList<>();
        private final List<BackendState> asynchronous = new CopyOnWriteArrayList<>();

        void on(@Observes BackendState.Ready state) {
            ready.add(state);
        }

        void onAsync(@ObservesAsync @Backend("b1") BackendState state) {
            asynchronous.add(state);
        }

        List<BackendState> ready() {
            return ready;
        }

        List<BackendState> asynchronous() {
            return asynchronous;
        }
    }
}
