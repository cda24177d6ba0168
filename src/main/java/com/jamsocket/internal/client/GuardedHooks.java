package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.StreamEnd;
import com.jamsocket.internal.FailureLog;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Hooks whose failures are logged, and change nothing else: a client is not to break because it is watched. */
final class GuardedHooks implements Hooks {

    private final Hooks hooks;
    private final FailureLog failures = new FailureLog(System.getLogger("com.jamsocket"), Level.WARNING);

    GuardedHooks(Hooks hooks) {
        this.hooks = hooks;
    }

    private void tell(String what, Runnable hook) {
        try {
            hook.run();
        } catch (Throwable thrown) {
            log(what, thrown);
        }
    }

    private <T> T ask(String what, Supplier<T> hook, T otherwise) {
        try {
            return hook.get();
        } catch (Throwable thrown) {
            log(what, thrown);
            return otherwise;
        }
    }

    private void log(String what, Throwable thrown) {
        failures.log(what, "JAMSOCKET-404 What watches the client failed in " + what, thrown);
    }

    @Override
    public void made(Jamsocket client) {
        tell("made", () -> hooks.made(client));
    }

    @Override
    public void closed() {
        tell("closed", hooks::closed);
        failures.end();
    }

    @Override
    public void connected(ConnectRequest request, ConnectResponse response) {
        tell("connected", () -> hooks.connected(request, response));
    }

    @Override
    public Calling calling(String operation) {
        Calling calling = ask("calling", () -> hooks.calling(operation), Calling.UNWATCHED);
        return new Calling() {
            @Override
            public void retried() {
                tell("retried", calling::retried);
            }

            @Override
            public void ended(Duration time, @Nullable Throwable failure) {
                tell("ended", () -> calling.ended(time, failure));
            }
        };
    }

    @Override
    public Attempt attempting(String method, URI address, int resends) {
        Attempt attempt = ask("attempting", () -> hooks.attempting(method, address, resends), Attempt.UNWATCHED);
        return new Attempt() {
            @Override
            public Runnable inContext(Runnable task) {
                return ask("inContext", () -> attempt.inContext(task), task);
            }

            @Override
            public void answered(int status) {
                tell("answered", () -> attempt.answered(status));
            }

            @Override
            public void failed(Throwable failure) {
                tell("failed", () -> attempt.failed(failure));
            }
        };
    }

    @Override
    public boolean seesAttempts() {
        return ask("seesAttempts", hooks::seesAttempts, false);
    }

    @Override
    public UnaryOperator<Runnable> context() {
        UnaryOperator<Runnable> context = ask("context", hooks::context, UnaryOperator.identity());
        return task -> ask("context", () -> context.apply(task), task);
    }

    @Override
    public void told(BackendStatus status) {
        tell("told", () -> hooks.told(status));
    }

    @Override
    public void moved(BackendState from, BackendState to) {
        tell("moved", () -> hooks.moved(from, to));
    }

    @Override
    public void started(Duration sinceScheduled) {
        tell("started", () -> hooks.started(sinceScheduled));
    }

    @Override
    public void delivered(Duration lag) {
        tell("delivered", () -> hooks.delivered(lag));
    }

    @Override
    public void reconnecting() {
        tell("reconnecting", hooks::reconnecting);
    }

    @Override
    public void ended(StreamEnd end) {
        tell("ended", () -> hooks.ended(end));
    }

    @Override
    public void fired(String type) {
        tell("fired", () -> hooks.fired(type));
    }

    @Override
    public int followedBackends() {
        return ask("followedBackends", hooks::followedBackends, 0);
    }
}
