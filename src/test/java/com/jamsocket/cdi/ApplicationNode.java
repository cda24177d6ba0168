package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.internal.cdi.ApplicationScan;
import com.jamsocket.internal.config.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A container with real clients, set up by the settings of a test, and an application that notes what it observes. */
public final class ApplicationNode implements AutoCloseable {

    private final SeContainer container;

    private ApplicationNode(SeContainer container) {
        this.container = container;
    }

    /** Starts one with these settings and no others. */
    public static ApplicationNode start(Map<String, String> settings) {
        SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new ApplicationScan())
                .addBeanClasses(Clients.class, Factory.class, JamsocketProducer.class, Notes.class)
                .initialize();
        container.select(Factory.class).get().set(settings);
        return new ApplicationNode(container);
    }

    public Jamsocket client() {
        return container.select(Jamsocket.class).get();
    }

    public BackendFollower follower() {
        return container.select(BackendFollower.class).get();
    }

    /** The statuses that were observed of a backend, in order. */
    public List<String> statuses(String backendId) {
        return notes().states(backendId).stream().map(BackendState::statusName).toList();
    }

    /** The ends that were observed, in order. */
    public List<BackendEnd> ends() {
        return notes().ends();
    }

    /** Those of one backend. */
    public List<BackendEnd> ends(String backendId) {
        return ends().stream().filter(end -> end.backendId().equals(backendId)).toList();
    }

    /** What was observed of drones that are drained, in order. */
    public List<BackendDraining> draining() {
        return notes().draining();
    }

    private Notes notes() {
        return container.select(Notes.class).get();
    }

    /** Undeploys the application; what it has observed is kept by whoever asked for it before. */
    @Override
    public void close() {
        container.close();
    }

    /** The settings of the test. */
    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class Factory extends ClientFactory {
        private volatile Map<String, String> settings = Map.of();

        void set(Map<String, String> all) {
            settings = Map.copyOf(all);
        }

        @Override
        Settings settings() {
            return Settings.ofJvm(settings::get, Map.of());
        }
    }

    /** The application. */
    @ApplicationScoped
    static class Notes {
        private final Map<String, List<BackendState>> states = new ConcurrentHashMap<>();
        private final List<BackendEnd> ends = new CopyOnWriteArrayList<>();
        private final List<BackendDraining> draining = new CopyOnWriteArrayList<>();

        void on(@Observes BackendEvent event) {
            states.computeIfAbsent(event.backendId(), absent -> new CopyOnWriteArrayList<>())
                    .add(event.state());
        }

        void on(@Observes BackendEnd end) {
            ends.add(end);
        }

        void on(@Observes BackendDraining event) {
            draining.add(event);
        }

        List<BackendState> states(String backendId) {
            return states.getOrDefault(backendId, List.of());
        }

        List<BackendEnd> ends() {
            return ends;
        }

        List<BackendDraining> draining() {
            return draining;
        }
    }
}
