package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import com.jamsocket.internal.Ticker;
import jakarta.enterprise.event.NotificationOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Fires the events of one backend, each to the synchronous observers and then, without waiting for them, to the
 * asynchronous ones. Those receive an event when they have returned from the one before: otherwise they could overtake
 * each other.
 */
final class BackendEvents {

    private final Backend backend;
    private final ClientEvents events;
    private final ContainerContext context;
    private final NotificationOptions options;
    private final ObserverFailures failures;

    /** Held while an event is fired: limits are announced beside the states. */
    private final ReentrantLock turn = new ReentrantLock();

    private CompletionStage<?> observedBefore = CompletableFuture.completedStage(null);
    private boolean ended;
    private volatile boolean stopped;

    BackendEvents(
            String backendId,
            ClientEvents events,
            ContainerContext context,
            NotificationOptions options,
            Ticker ticker) {
        this.backend = Backend.Literal.of(backendId);
        this.events = events;
        this.context = context;
        this.options = options;
        this.failures = new ObserverFailures(backendId, ticker);
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
                if (last) {
                    observedBefore = observedBefore.thenRun(failures::end);
                }
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
            failures.log(event, e);
        }
    }

    private void fireToAsynchronous(EventChannel channel, Object event) {
        if (channel.mayBeAsynchronous()) {
            observedBefore = observedBefore
                    .thenCompose(before -> fireAsync(channel, event))
                    .handle((observed, failure) -> failure == null ? null : failures.log(event, failure));
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
        failures.stop();
    }

    static String typeOf(Object event) {
        return event instanceof BackendState ? "BackendState" : event.getClass().getSimpleName();
    }
}
