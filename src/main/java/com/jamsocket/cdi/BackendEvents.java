package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import jakarta.enterprise.event.NotificationOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Fires the events of one backend, each to the synchronous observers and then, without waiting for them, to the
 * asynchronous ones. Those receive an event when they have returned from the one before: otherwise they could overtake
 * each other.
 */
final class BackendEvents {

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");

    private final Backend backend;
    private final ClientEvents events;
    private final ContainerContext context;
    private final NotificationOptions options;

    /** Held while an event is fired: limits are announced beside the states. */
    private final ReentrantLock turn = new ReentrantLock();

    private CompletionStage<?> observedBefore = CompletableFuture.completedStage(null);
    private boolean ended;
    private volatile boolean stopped;

    BackendEvents(String backendId, ClientEvents events, ContainerContext context, NotificationOptions options) {
        this.backend = Backend.Literal.of(backendId);
        this.events = events;
        this.context = context;
        this.options = options;
    }

    /** Fires an event, unless the last was fired. Returns when the synchronous observers have; never throws. */
    void fire(Object event) {
        fire(event, false);
    }

    /** Fires the last event. */
    void fireLast(BackendEnd end) {
        fire(end, true);
    }

    private void fire(Object event, boolean last) {
        turn.lock();
        try {
            if (!ended) {
                ended = last;
                EventChannel channel = events.channel(event);
                if (!stopped && (channel.mayBeSynchronous() || channel.mayBeAsynchronous())) {
                    events.hooks().fired(typeOf(event));
                }
                fireToSynchronous(channel, event);
                fireToAsynchronous(channel, event);
            }
        } finally {
            turn.unlock();
        }
    }

    private void fireToSynchronous(EventChannel channel, Object event) {
        if (stopped || !channel.mayBeSynchronous()) {
            return;
        }
        try {
            context.runInRequest(() -> channel.of(backend).fire(event));
        } catch (Throwable e) {
            log(event, e);
        }
    }

    private void fireToAsynchronous(EventChannel channel, Object event) {
        if (channel.mayBeAsynchronous()) {
            observedBefore = observedBefore
                    .thenCompose(before -> fireAsync(channel, event))
                    .handle((observed, failure) -> failure == null ? null : log(event, failure));
        }
    }

    private CompletionStage<?> fireAsync(EventChannel channel, Object event) {
        if (stopped) {
            return CompletableFuture.completedStage(null);
        }
        // Some containers hand what this very thread has on to the observers.
        return context.call(() -> channel.of(backend).fireAsync(event, options));
    }

    /** Fires nothing any more: containers refuse events while they shut down. */
    void stop() {
        stopped = true;
    }

    private @Nullable Void log(Object event, Throwable failure) {
        LOG.log(
                stopped ? Level.DEBUG : Level.WARNING,
                "JAMSOCKET-301 An observer failed at " + name(event) + " of the backend " + backend.value(),
                failure);
        return null;
    }

    private static String typeOf(Object event) {
        return event instanceof BackendState ? "BackendState" : event.getClass().getSimpleName();
    }

    private static String name(Object event) {
        if (event instanceof BackendState state) {
            return "the state " + state.statusName();
        }
        return event instanceof BackendEvent told
                ? "the state " + told.state().statusName()
                : "the event " + typeOf(event);
    }
}
