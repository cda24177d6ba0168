package com.jamsocket.cdi;

import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneControl;
import com.jamsocket.internal.ClosableTicker;
import com.jamsocket.internal.cdi.ApplicationScan;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private final Map<String, ClientSlot> clients = new ConcurrentHashMap<>();
    private final ClientSlot.Making makings = new ClientSlot.Making();

    /** Clients of the application's own making that are followed, each under a name. */
    private final Map<Borrowed, OpenClient> borrowed = new ConcurrentHashMap<>();

    private final AtomicBoolean checked = new AtomicBoolean();

    @Inject
    ClientFactory factory;

    @Inject
    BeanContainer container;

    @Inject
    @Any
    Event<Object> events;

    @Inject
    Instance<RequestContextController> requestContexts;

    @Inject
    Instance<ApplicationScan> scan;

    @Inject
    Instance<FollowClaim> claims;

    private volatile ClosableTicker ticker;
    private volatile ManagedExecutors executors;
    private volatile ContainerContext context;
    private volatile boolean stopped;
    private volatile boolean closed;

    /**
     * Creates this bean on the thread that starts the application: it has the application's class loader and naming
     * context, and no user yet, whose rights would pass to the observers. Some containers do not fire {@link Startup}.
     */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        check();
    }

    /** Looks around again: only now are all containers sure to have everything. */
    void start(@Observes Startup event) {
        lookAround();
        check();
    }

    @PostConstruct
    void start() {
        ticker = factory.ticker();
        lookAround();
    }

    private void check() {
        if (!checked.getAndSet(true)) {
            new StartupCheck(factory, container, knownScan(), this).run();
        }
    }

    /** What is known of the application; null in a container without portable extensions. */
    private @Nullable ApplicationScan knownScan() {
        return scan.isResolvable() ? scan.get() : null;
    }

    private void lookAround() {
        executors = ManagedExecutors.lookUp();
        context = new ContainerContext(requestContexts, ContainerContext.currentLoader(), executors.context());
    }

    /** What is injected: made at once, while the client behind it is made when it is first used. */
    InjectedJamsocket view(String name) {
        return new InjectedJamsocket(this, name);
    }

    /** What follows the backends of a client. */
    InjectedFollower follower(String name) {
        return new InjectedFollower(() -> client(name).following(), client -> followOver(name, client));
    }

    /** The client of this name; made now if there is none. A failure is not remembered: the next call retries. */
    OpenClient client(String name) {
        if (closed) {
            throw new IllegalStateException("the Jamsocket client was closed with its container");
        }
        ClientSlot slot = clients.computeIfAbsent(name, absent -> new ClientSlot(makings));
        // Servers look for settings and implementations with the class loader of whoever happens to call first.
        OpenClient client = slot.get(() -> context.callInLoader(() -> open(name)));
        if (stopped) {
            client.stopFollowing();
        }
        if (closed) {
            // It was made while the others were being closed.
            slot.close();
        }
        return client;
    }

    private OpenClient open(String name) {
        OpenClient.Surroundings around = surroundings(name);
        Jamsocket client = factory.create(
                nullIfDefault(name), around.threads(), around.following(), builder -> setUp(name, builder));
        return around.with(client, client::close);
    }

    /** A client by its identity, for equality may be its own affair. */
    private record Borrowed(Jamsocket client, String name) {

        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return other instanceof Borrowed that && client == that.client && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(client) + name.hashCode();
        }
    }

    private Following followOver(String name, Jamsocket client) {
        borrowed.values().removeIf(open -> open.following().isOver());
        OpenClient open = borrowed.computeIfAbsent(
                new Borrowed(client, name),
                absent -> context.callInLoader(() -> surroundings(name)).with(client, () -> {}));
        if (stopped) {
            open.stopFollowing();
        }
        return open.following();
    }

    private OpenClient.Surroundings surroundings(String name) {
        @Nullable String clientName = nullIfDefault(name);
        Executor managed = executors.executor();
        ApplicationThreads threads = new ApplicationThreads(managed, context);
        ObserverExecutor observers = new ObserverExecutor(managed == null ? null : threads, context);
        FollowRules rules = new FollowRules(
                name, factory.ofInjected(clientName), claims.isUnsatisfied() ? null : claims.get(), ticker);
        Executor inRequest = task -> threads.execute(() -> context.runInRequest(task));
        ClientEvents clientEvents = new ClientEvents(
                container, events, FromClient.Literal.of(name), knownScan(), context, observers, ticker);
        return new OpenClient.Surroundings(new Following(clientEvents, rules, inRequest), observers, threads);
    }

    /** Lets the application set a client up in code. What an observer throws, fails the making of the client. */
    private void setUp(String name, Jamsocket.Builder builder) {
        context.runInRequest(() -> events.select(FromClient.Literal.of(name)).fire(builder));
    }

    private static @Nullable String nullIfDefault(String name) {
        return name.equals(DEFAULT) ? null : name;
    }

    /** A new one, which is its owner's to close. */
    PlaneControl planeControl() {
        return context.callInLoader(() -> factory.createPlaneControl(builder -> setUp(DEFAULT, builder)));
    }

    /** Closes one client and forgets it. */
    void release(String name) {
        ClientSlot slot = clients.remove(name);
        if (slot != null) {
            slot.close();
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
        open().forEach(OpenClient::stopFollowing);
    }

    private List<OpenClient> open() {
        List<OpenClient> open = new ArrayList<>(List.copyOf(borrowed.values()));
        clients.values().stream().map(ClientSlot::peek).filter(Objects::nonNull).forEach(open::add);
        return open;
    }

    @PreDestroy
    void close() {
        stopped = true;
        closed = true;
        for (String name : clients.keySet()) {
            try {
                release(name);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "JAMSOCKET-402 A Jamsocket client could not be closed", e);
            }
        }
        open().forEach(OpenClient::close);
        ticker.close();
    }
}
