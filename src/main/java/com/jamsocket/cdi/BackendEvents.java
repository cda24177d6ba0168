package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Fires the states of one backend, each to the synchronous observers and then, without waiting for them, to the
 * asynchronous ones. Those receive a state when they have returned from the one before: otherwise they could overtake
 * each other.
 */
final class BackendEvents {

    private static final Logger LOG = System.getLogger("com.jamsocket.cdi");

    private final String backendId;
    private final Event<BackendState> event;
    private final ContainerContext context;
    private final NotificationOptions options;

    // Touched by the thread of the listener only.
    private CompletionStage<?> observedBefore = CompletableFuture.completedStage(null);
    private volatile boolean stopped;

    BackendEvents(String backendId, Event<BackendState> event, ContainerContext context, NotificationOptions options) {
        this.backendId = backendId;
        this.event = event;
        this.context = context;
        this.options = options;
    }

    /** Fires a state. Returns when the synchronous observers have; never throws. */
    void fire(BackendState state) {
        if (stopped) {
            return;
        }
        try {
            context.runInRequest(() -> event.fire(state));
        } catch (Throwable e) {
            log(state, e);
        }
        observedBefore = observedBefore
                .thenCompose(before -> fireAsync(state))
                .handle((observed, failure) -> failure == null ? null : log(state, failure));
    }

    private CompletionStage<?> fireAsync(BackendState state) {
        if (stopped) {
            return CompletableFuture.completedStage(null);
        }
        // Some containers hand what this very thread has on to the observers.
        return context.call(() -> event.fireAsync(state, options));
    }

    /** Fires nothing any more: containers refuse events while they shut down. */
    void stop() {
        stopped = true;
    }

    private @Nullable Void log(BackendState state, Throwable failure) {
        LOG.log(
                stopped ? Level.DEBUG : Level.WARNING,
                "An observer failed at the state " + state.statusName() + " of the backend " + backendId,
                failure);
        return null;
    }
}
