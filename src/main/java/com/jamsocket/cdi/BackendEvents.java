package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import com.jamsocket.internal.Ticker;
import jakarta.enterprise.event.NotificationOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Fires the events of one backend, each to the synchronous observers and then, without waiting for them, to the
 * asynchronous ones. Those receive an event when they have returned from the one before: otherwise they could overtake
 * each other. All of them find what the thread had on that had the backend followed, such as its place in a trace,
 * whichever thread has the event fired.
 */
final class BackendEvents {

    private final Backend backend;
    private final ClientEvents events;
    private final ContainerContext context;
    private final NotificationOptions options;
    private final ObserverFailures failures;
    private final UnaryOperator<Runnable> caller;

    /** Held while an event is fired: limits are announced beside the states. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile CompletionStage<?> observedBefore;
    private boolean ended;
    private volatile boolean stopped;
    private volatile boolean missed;

    /**
     * Made by the thread that has the backend followed.
     *
     * @param observedBefore when asynchronous observers may receive the first event
     */
    BackendEvents(
            String backendId,
            CompletionStage<?> observedBefore,
            ClientEvents events,
            ContainerContext context,
            NotificationOptions options,
            Ticker ticker) {
        this.backend = Backend.Literal.of(backendId);
        this.observedBefore = observedBefore;
        this.events = events;
        this.context = context;
        this.options = options;
        this.failures = new ObserverFailures(backendId, ticker);
        this.caller = events.hooks().context();
    }

    /** Runs a task, on this thread, with what the thread had on that had the backend followed. */
    void runForCaller(Runnable task) {
        caller.apply(task).run();
    }

    /** Fires an event, unless the last was fired. Returns when the synchronous observers have; never throws. */
    void fire(Object event) {
        runForCaller(() -> fire(event, false));
    }

    /**
     * Fires the last event.
     *
     * @return whether all observers were told, the asynchronous ones of all events before it included; done when they
     *     have returned
     */
    CompletableFuture<Boolean> fireLast(BackendEnd end) {
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        runForCaller(() -> fire(end, true));
        var unused = observed().thenRun(() -> told.complete(!missed));
        return told;
    }

    /** Done when the asynchronous observers have returned from all that was fired. Waits for no observer. */
    CompletionStage<?> observed() {
        return observedBefore;
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
        if (!channel.mayBeSynchronous() || isStopped()) {
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
                    .thenCompose(before -> fireAsyncForCaller(channel, event))
                    .handle((observed, failure) -> failure == null ? null : failures.log(event, failure));
        }
    }

    /** On the thread that has ended what was before. */
    private CompletionStage<?> fireAsyncForCaller(EventChannel channel, Object event) {
        CompletableFuture<CompletionStage<?>> fired = new CompletableFuture<>();
        runForCaller(() -> fired.complete(fireAsync(channel, event)));
        return fired.join();
    }

    private CompletionStage<?> fireAsync(EventChannel channel, Object event) {
        if (isStopped()) {
            return CompletableFuture.completedStage(null);
        }
        // Some containers hand what this very thread has on to the observers.
        return context.call(() -> channel.of(backend).fireAsync(event, options));
    }

    /** Whether an event is not to be fired, as some observers will never know. */
    private boolean isStopped() {
        missed |= stopped;
        return stopped;
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
