package com.jamsocket.internal.dev.cluster;

import com.jamsocket.BackendState;
import com.jamsocket.TerminationKind;
import com.jamsocket.TerminationReason;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.dev.cluster.Backend.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Moves backends on as time passes: from scheduled to ready, at their limits, and from terminating to terminated. */
final class Lifecycles {

    private final Ticker ticker;
    private final @Nullable Duration step;
    private final Cluster cluster;

    /** Each status lasts one step until the next; without a step backends move only as they are told. */
    Lifecycles(Ticker ticker, @Nullable Duration step, Cluster cluster) {
        this.ticker = ticker;
        this.step = step;
        this.cluster = cluster;
    }

    void begin(Backend backend) {
        cluster.move(backend, BackendState.scheduled(now()));
        afterStep(backend, () -> advance(backend));
        Duration lifetime = backend.spec().lifetimeLimit();
        if (lifetime != null) {
            backend.set(Timer.LIFETIME, ticker.after(lifetime, () -> sweep(backend)));
        }
        watchIdleness(backend);
    }

    private void advance(Backend backend) {
        BackendState next =
                switch (backend.status()) {
                    case SCHEDULED -> BackendState.loading(now());
                    case LOADING ->
                        backend.spec().executable() ? BackendState.starting(now()) : BackendState.terminated(now());
                    case STARTING -> BackendState.waiting(now());
                    case WAITING -> BackendState.ready(now());
                    default -> null;
                };
        if (next != null && cluster.move(backend, next)) {
            afterStep(backend, () -> advance(backend));
        }
    }

    void requestBegins(Backend backend) {
        backend.requestBegins();
        backend.cancel(Timer.IDLE);
    }

    void requestEnds(Backend backend) {
        if (backend.requestEnds()) {
            watchIdleness(backend);
        }
    }

    private void watchIdleness(Backend backend) {
        Duration limit = backend.spec().maxIdle();
        if (limit != null) {
            backend.set(Timer.IDLE, ticker.after(limit, () -> sweep(backend)));
        }
    }

    private void sweep(Backend backend) {
        terminate(backend, false, TerminationReason.SWEPT);
    }

    /** Begins to end a backend: softly, hard, or hard after softly. */
    void terminate(Backend backend, boolean hard, TerminationReason reason) {
        BackendState ending =
                hard ? BackendState.hardTerminating(now(), reason) : BackendState.terminating(now(), reason);
        if (cluster.move(backend, ending)) {
            afterStep(backend, () -> end(backend, hard, reason));
        }
    }

    private void end(Backend backend, boolean hard, TerminationReason reason) {
        cluster.move(
                backend,
                BackendState.Terminated.builder(now())
                        .reason(reason)
                        .kind(hard ? TerminationKind.HARD : TerminationKind.SOFT)
                        .build());
    }

    private void afterStep(Backend backend, Runnable next) {
        if (step != null) {
            backend.set(Timer.STEP, ticker.after(step, next));
        }
    }

    /** The wire has milliseconds. */
    private Instant now() {
        return ticker.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
