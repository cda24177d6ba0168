package com.jamsocket.internal.dev.cluster;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
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
    private final @Nullable Launching launching;

    /**
     * Each status lasts one step until the next; without a step backends move only as they are told. Those that are
     * launched follow what runs in them instead.
     */
    Lifecycles(Ticker ticker, @Nullable Duration step, @Nullable Launching launching, Cluster cluster) {
        this.ticker = ticker;
        this.step = step;
        this.launching = launching;
        this.cluster = cluster;
    }

    void begin(Backend backend) {
        Launcher launcher = launcher(backend.spec());
        if (launcher == null || launching == null) {
            cluster.move(backend, BackendState.scheduled(now()));
            afterStep(backend, () -> advance(backend));
        } else {
            Run run = new Run(ticker, cluster, backend, launching);
            backend.runs(run);
            cluster.move(backend, BackendState.scheduled(now()));
            Launch launch = launch(backend);
            backend.set(Timer.STEP, ticker.after(Duration.ZERO, () -> run.begin(launcher, launch)));
        }
        limit(backend);
    }

    private @Nullable Launcher launcher(ConnectSpec spec) {
        return launching == null || !spec.executable()
                ? null
                : launching.launchers().apply(spec);
    }

    private Launch launch(Backend backend) {
        String staticToken =
                backend.spec().staticToken() ? backend.tokens().getFirst().text() : null;
        return new Launch(
                backend.id(), backend.spec(), backend.fencingToken(), staticToken, line -> cluster.log(backend, line));
    }

    private void limit(Backend backend) {
        Duration lifetime = backend.spec().lifetimeLimit();
        if (lifetime != null) {
            backend.set(Timer.LIFETIME, ticker.after(lifetime, () -> sweep(backend)));
        }
        watchIdleness(backend);
    }

    private void advance(Backend backend) {
        BackendState next =
                switch (backend.place().status()) {
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
        if (backend.requestEnds(ticker.now())) {
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
            Run run = backend.run();
            if (run == null) {
                afterStep(backend, () -> cluster.move(backend, terminated(backend, now(), null)));
            } else if (hard) {
                run.kill();
            } else {
                run.stop();
            }
        }
    }

    /** Ends a backend as if it had ended itself; one that has ended keeps the exit code that it has. */
    void crash(Backend backend, int exitCode) {
        if (backend.isOver()) {
            return;
        }
        Run run = backend.run();
        if (run != null) {
            run.crash(exitCode);
        }
        if (run == null || run.launched() == null) {
            backend.exited(exitCode);
            cluster.move(backend, terminated(backend, now(), exitCode));
        }
    }

    /** Moves a backend on, over what comes before; whether it moved. */
    boolean advance(Backend backend, BackendStatus status) {
        boolean moved = false;
        for (BackendStatus next : BackendStatus.values()) {
            if (next.isAfter(backend.place().status()) && isOnTheWay(backend, next, status)) {
                moved |= cluster.move(backend, state(backend, next));
            }
        }
        return moved;
    }

    private static boolean isOnTheWay(Backend backend, BackendStatus next, BackendStatus status) {
        if (next.isEnding() && next != status) {
            return next == BackendStatus.TERMINATING
                    && status.isTerminal()
                    && !backend.place().status().isEnding();
        }
        return next == status || status.isAfter(next);
    }

    private BackendState state(Backend backend, BackendStatus status) {
        return switch (status) {
            case LOADING -> BackendState.loading(now());
            case STARTING -> BackendState.starting(now());
            case WAITING -> BackendState.waiting(now());
            case READY -> BackendState.ready(now());
            case TERMINATING -> BackendState.terminating(now(), TerminationReason.EXTERNAL);
            case HARD_TERMINATING -> BackendState.hardTerminating(now(), TerminationReason.EXTERNAL);
            case TERMINATED -> terminated(backend, now(), null);
            default -> BackendState.scheduled(now());
        };
    }

    /** The last state, with the reason for which the backend is ending, if it is. */
    static BackendState terminated(Backend backend, Instant time, @Nullable Integer exitCode) {
        BackendState.Terminated.Builder ended = BackendState.Terminated.builder(time);
        if (backend.place() instanceof BackendState.Terminating ending) {
            ended.kind(TerminationKind.SOFT);
            ended.reasonName(ending.reasonName());
        } else if (backend.place() instanceof BackendState.HardTerminating ending) {
            ended.kind(TerminationKind.HARD);
            ended.reasonName(ending.reasonName());
        }
        return exitCode == null ? ended.build() : ended.exitError(exitCode != 0).build();
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
