package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.StreamEnd;
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Hooks whose failures are logged, and change nothing else: a client is not to break because it is watched. */
final class GuardedHooks implements Hooks {

    private final Hooks hooks;
    private final HookGuard guard = new HookGuard();

    GuardedHooks(Hooks hooks) {
        this.hooks = hooks;
    }

    @Override
    public void made(Jamsocket client) {
        guard.tell("made", () -> hooks.made(client));
    }

    @Override
    public void closed() {
        guard.tell("closed", hooks::closed);
        guard.end();
    }

    @Override
    public void connected(ConnectRequest request, ConnectResponse response) {
        guard.tell("connected", () -> hooks.connected(request, response));
    }

    @Override
    public Calling calling(String operation) {
        Calling calling = guard.ask("calling", () -> hooks.calling(operation), Calling.UNWATCHED);
        return new Calling() {
            @Override
            public void retried() {
                guard.tell("retried", calling::retried);
            }

            @Override
            public void ended(Duration time, @Nullable Throwable failure) {
                guard.tell("ended", () -> calling.ended(time, failure));
            }
        };
    }

    @Override
    public Attempt attempting(String method, URI address, int resends) {
        Attempt attempt = guard.ask("attempting", () -> hooks.attempting(method, address, resends), Attempt.UNWATCHED);
        return new Attempt() {
            @Override
            public Runnable inContext(Runnable task) {
                return guard.ask("inContext", () -> attempt.inContext(task), task);
            }

            @Override
            public void answered(int status) {
                guard.tell("answered", () -> attempt.answered(status));
            }

            @Override
            public void failed(Throwable failure) {
                guard.tell("failed", () -> attempt.failed(failure));
            }
        };
    }

    @Override
    public boolean seesAttempts() {
        return guard.ask("seesAttempts", hooks::seesAttempts, false);
    }

    @Override
    public UnaryOperator<Runnable> context() {
        UnaryOperator<Runnable> context = guard.ask("context", hooks::context, UnaryOperator.identity());
        return task -> guard.ask("context", () -> context.apply(task), task);
    }

    @Override
    public void told(BackendStatus status) {
        guard.tell("told", () -> hooks.told(status));
    }

    @Override
    public void moved(BackendState from, BackendState to) {
        guard.tell("moved", () -> hooks.moved(from, to));
    }

    @Override
    public void started(Duration sinceScheduled) {
        guard.tell("started", () -> hooks.started(sinceScheduled));
    }

    @Override
    public void delivered(Duration lag) {
        guard.tell("delivered", () -> hooks.delivered(lag));
    }

    @Override
    public void reconnecting() {
        guard.tell("reconnecting", hooks::reconnecting);
    }

    @Override
    public void ended(StreamEnd end) {
        guard.tell("ended", () -> hooks.ended(end));
    }

    @Override
    public void fired(String type) {
        guard.tell("fired", () -> hooks.fired(type));
    }

    @Override
    public int followedBackends() {
        return guard.ask("followedBackends", hooks::followedBackends, 0);
    }
}
