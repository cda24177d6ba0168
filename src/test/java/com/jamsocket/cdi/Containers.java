package com.jamsocket.cdi;

import com.jamsocket.Jamsocket;
import com.jamsocket.internal.cdi.ApplicationScan;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;

/** Containers with the beans of this package, fake clients, and the beans of a test. */
final class Containers {

    private Containers() {}

    /** Whether containers have no portable extensions, as those of CDI Lite. */
    static boolean lite;

    static SeContainer start(Class<?>... beans) {
        SeContainerInitializer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(
                        Clients.class, ClientFactory.class, JamsocketProducer.class, FakeClients.class, Lookup.class)
                .addBeanClasses(beans);
        if (!lite) {
            container.addExtensions(new ApplicationScan());
        }
        return container.initialize();
    }

    /** A named client, looked up as an application does. */
    static Jamsocket named(SeContainer container, String name) {
        return container.select(Lookup.class).get().named(name);
    }

    @ApplicationScoped
    static class Lookup {
        @Inject
        @Any
        Instance<Jamsocket> clients;

        @Inject
        @Any
        Instance<BackendFollower> followers;

        BackendFollower follower(String name) {
            return followers.select(JamsocketService.Literal.of(name)).get();
        }

        Jamsocket named(String name) {
            return clients.select(JamsocketService.Literal.of(name)).get();
        }
    }
}
