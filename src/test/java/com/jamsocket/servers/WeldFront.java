package com.jamsocket.servers;

import com.example.documents.BackendResource;
import com.example.documents.Chronicle;
import com.example.documents.DocumentResource;
import com.example.documents.EventStreams;
import com.example.documents.Failures;
import com.example.documents.FollowedResource;
import com.example.documents.RoomResource;
import com.example.documents.ServerResource;
import com.example.documents.WatchedResource;
import com.jamsocket.Jamsocket;
import com.jamsocket.cdi.BackendFollower;
import com.jamsocket.cdi.JamsocketService;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.Unmanaged;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.SeBootstrap;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;

/**
 * The application's resources over HTTP in Java SE, where a CDI container brings no server: Jersey with Weld's beans.
 */
final class WeldFront {

    private WeldFront() {}

    static SeBootstrap.Instance start() {
        SeBootstrap.Configuration address = SeBootstrap.Configuration.builder()
                .host("127.0.0.1")
                .port(SeBootstrap.Configuration.FREE_PORT)
                .build();
        return SeBootstrap.start(new Resources(), address).toCompletableFuture().join();
    }

    @ApplicationPath("documents/api")
    private static final class Resources extends ResourceConfig {
        Resources() {
            super(
                    DocumentResource.class,
                    RoomResource.class,
                    BackendResource.class,
                    FollowedResource.class,
                    ServerResource.class,
                    WatchedResource.class,
                    Failures.class,
                    EventStreams.class);
            register(new WeldBeans());
        }
    }

    /** What the resources inject. */
    private static final class WeldBeans extends AbstractBinder {
        @Override
        protected void configure() {
            Injected injected = new Unmanaged<>(CDI.current().getBeanManager(), Injected.class)
                    .newInstance()
                    .produce()
                    .inject()
                    .get();
            bind(injected.jamsocket).to(Jamsocket.class);
            bind(injected.rooms).to(Jamsocket.class).qualifiedBy(JamsocketService.Literal.of("rooms"));
            bind(injected.scratch).to(Jamsocket.class).qualifiedBy(JamsocketService.Literal.of("scratch"));
            bind(injected.chronicle).to(Chronicle.class);
            bind(injected.follower).to(BackendFollower.class);
            bind(injected.roomFollower).to(BackendFollower.class).qualifiedBy(JamsocketService.Literal.of("rooms"));
        }
    }

    static class Injected {
        @Inject
        Jamsocket jamsocket;

        @Inject
        @JamsocketService("rooms")
        Jamsocket rooms;

        @Inject
        @JamsocketService("scratch")
        Jamsocket scratch;

        @Inject
        Chronicle chronicle;

        @Inject
        BackendFollower follower;

        @Inject
        @JamsocketService("rooms")
        BackendFollower roomFollower;
    }
}
