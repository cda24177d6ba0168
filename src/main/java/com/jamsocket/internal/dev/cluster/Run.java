package com.jamsocket.internal.dev.cluster;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.TerminationReason;
import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.dev.cluster.Backend.Timer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What runs in a backend, from its launch to its exit: the statuses follow it. On the ticker's thread only. */
final class Run {

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);

    private final Ticker ticker;
    private final Cluster cluster;
    private final Backend backend;
    private final Launching launching;
    private @Nullable Launched launched;
    private @Nullable InetSocketAddress address;
    private @Nullable Integer pretendedExitCode;
    private boolean stopWanted;
    private boolean killWanted;

    Run(Ticker ticker, Cluster cluster, Backend backend, Launching launching) {
        this.ticker = ticker;
        this.cluster = cluster;
        this.backend = backend;
        this.launching = launching;
    }

    /** Where it answers, or null until it does. */
    @Nullable
    InetSocketAddress address() {
        return address;
    }

    void begin(Launcher launcher, Launch launch) {
        cluster.move(backend, BackendState.loading(now()));
        cluster.move(backend, BackendState.starting(now()));
        if (backend.place().status() != BackendStatus.STARTING) {
            // Somebody ended it meanwhile.
            endIfNothingRuns();
            return;
        }
        launching.workers().execute(() -> launch(launcher, launch));
    }

    private void launch(Launcher launcher, Launch launch) {
        Launched started;
        try {
            started = launcher.launch(launch);
        } catch (Exception | Error e) {
            launch.log().accept("The backend could not be started: " + e);
            goHome(() -> ended(null));
            return;
        }
        if (!goHome(() -> started(started))) {
            // Nobody else knows of this.
            started.kill();
        }
    }

    /** Goes on on the cluster's thread; false if the server was closed meanwhile. */
    private boolean goHome(Runnable task) {
        try {
            launching.home().execute(task);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void started(Launched started) {
        launched = started;
        CompletionStage<Integer> exit = started.exit();
        var unused = exit.whenComplete((code, failure) -> goHome(() -> ended(code)));
        if (killWanted || cluster.isClosed()) {
            kill();
        } else if (stopWanted) {
            stop();
        } else if (cluster.move(backend, BackendState.waiting(now()))) {
            backend.set(Timer.READY, launching.time().after(launching.readyTimeout(), this::giveUpWaiting));
            probe(started.addresses(), 0);
        }
    }

    /** One address after the other, until one answers. */
    private void probe(List<InetSocketAddress> addresses, int next) {
        InetSocketAddress asked = addresses.get(next % addresses.size());
        launching.probe().ask(asked, answered -> {
            if (backend.place().status() != BackendStatus.WAITING) {
                return;
            }
            if (answered) {
                address = asked;
                backend.cancel(Timer.READY);
                cluster.move(backend, BackendState.ready(now()));
                return;
            }
            Duration pause = (next + 1) % addresses.size() == 0 ? BETWEEN_PROBES : Duration.ZERO;
            backend.set(Timer.STEP, launching.time().after(pause, () -> probe(addresses, next + 1)));
        });
    }

    private void giveUpWaiting() {
        cluster.terminate(backend, true, TerminationReason.STARTUP_TIMEOUT);
    }

    /** Asks it to end, and ends it when it has not within the grace period. */
    void stop() {
        stopWanted = true;
        Launched running = launched;
        if (running != null) {
            backend.set(Timer.GRACE, launching.time().after(launching.grace(), this::kill));
            block(running::stop);
        }
    }

    void kill() {
        killWanted = true;
        Launched running = launched;
        if (running != null && !running.exit().toCompletableFuture().isDone()) {
            block(running::kill);
        }
    }

    /** Runs what may block; on this thread if the server is closed and has no other any more. */
    private void block(Runnable task) {
        try {
            launching.workers().execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Ends it as if it had ended itself with this exit code. */
    void crash(int exitCode) {
        pretendedExitCode = exitCode;
        kill();
    }

    private void endIfNothingRuns() {
        if (launched == null) {
            ended(null);
        }
    }

    /** It has ended, with this exit code or without one. */
    private void ended(@Nullable Integer exitCode) {
        Integer code = pretendedExitCode == null ? exitCode : pretendedExitCode;
        backend.exited(code);
        cluster.move(backend, Lifecycles.terminated(backend, now(), code));
    }

    @Nullable
    Launched launched() {
        return launched;
    }

    private Instant now() {
        return ticker.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
