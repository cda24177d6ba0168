package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import com.jamsocket.PlaneControl;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one application, by name. It owns them: makes each when it is first used and closes them all with the
 * container.
 */
@ApplicationScoped
class Clients {

    /** Stands for the client without a name. */
    static final String DEFAULT = "";

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");

    private final Map<String, OpenClient> clients = new ConcurrentHashMap<>();

    @Inject
    ClientFactory factory;

    @Inject
    BeanContainer container;

    @Inject
    @Any
    Event<BackendState> events;

    @Inject
    Instance<RequestContextController> requestContexts;

    private volatile ManagedExecutors executors;
    private volatile ContainerContext context;
    private volatile boolean stopped;
    private volatile boolean closed;

    /**
     * Creates this bean on the thread that starts the application: it has the application's class loader and naming
     * context, and no user yet, whose rights would pass to the observers. Some containers do not fire {@link Startup}.
     */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    /** Looks around again: only now are all containers sure to have everything. */
    void start(@Observes Startup event) {
        lookAround();
    }

    @PostConstruct
    void start() {
        lookAround();
        warnOfDevServer();
    }

    private void warnOfDevServer() {
        try {
            if (factory.hasUnusedDevServer()) {
                LOG.log(
                        Level.WARNING,
                        "The development server is in this application, but no setting asks for one (jamsocket.dev):"
                                + " leave the dependency with the classifier \"dev\" out of what goes to production");
            }
        } catch (RuntimeException e) {
            // What is wrong with the settings is told when they are needed.
            LOG.log(Level.DEBUG, "Whether this is development cannot be told", e);
        }
    }

    private void lookAround() {
        executors = ManagedExecutors.lookUp();
        context = new ContainerContext(requestContexts, ContainerContext.currentLoader(), executors.context());
    }

    /** What is injected: made at once, while the client behind it is made when it is first used. */
    InjectedJamsocket view(String name) {
        return new InjectedJamsocket(this, name);
    }

    /** The client of this name; made now if there is none. A failure is not remembered: the next call retries. */
    OpenClient client(String name) {
        if (closed) {
            throw new IllegalStateException("the Jamsocket client was closed with its container");
        }
        // Servers look for settings and implementations with the class loader of whoever happens to call first.
        OpenClient client = clients.computeIfAbsent(name, absent -> context.callInLoader(() -> open(absent)));
        if (stopped) {
            client.stopFollowing();
        }
        if (closed) {
            // It was made while the others were being closed.
            release(name);
        }
        return client;
    }

    private OpenClient open(String name) {
        @Nullable String clientName = name.equals(DEFAULT) ? null : name;
        Executor managed = executors.executor();
        ApplicationThreads threads = new ApplicationThreads(managed, context);
        ObserverExecutor observers = new ObserverExecutor(managed == null ? null : threads, context);
        StateEvents stateEvents = new StateEvents(container, events, context, observers);
        boolean follows = factory.follows(clientName);
        var following =
                new Following(stateEvents, id -> follows && context.callInLoader(() -> stateEvents.areObserved(id)));
        var client = factory.create(clientName, threads, following);
        following.begin(client);
        return new OpenClient(client, following, observers, threads);
    }

    /** A new one, which is its owner's to close. */
    PlaneControl planeControl() {
        return context.callInLoader(factory::createPlaneControl);
    }

    /** Closes one client and forgets it. */
    void release(String name) {
        OpenClient client = clients.remove(name);
        if (client != null) {
            client.close();
        }
    }

    /**
     * Before the application's own shutdown observers, which may still use the clients but observe nothing any more.
     */
    void stopFollowing(
            @Observes(notifyObserver = Reception.IF_EXISTS) @Priority(Interceptor.Priority.LIBRARY_BEFORE)
                    Shutdown event) {
        stopFollowing();
    }

    /** The same, for containers that do not fire {@link Shutdown}. */
    void stopFollowing(
            @Observes(notifyObserver = Reception.IF_EXISTS)
                    @Priority(Interceptor.Priority.LIBRARY_BEFORE)
                    @BeforeDestroyed(ApplicationScoped.class)
                    Object event) {
        stopFollowing();
    }

    private void stopFollowing() {
        stopped = true;
        clients.values().forEach(OpenClient::stopFollowing);
    }

    @PreDestroy
    void close() {
        stopped = true;
        closed = true;
        for (String name : clients.keySet()) {
            try {
                release(name);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "A Jamsocket client could not be closed", e);
            }
        }
    }
}
