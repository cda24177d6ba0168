package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.StreamEnd;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Several that watch one client.
 *
 * @param all each of them
 */
record HookList(List<Hooks> all) implements Hooks {

    /** Those that watch, as one, which throws nothing; of several, one that throws does not keep the others. */
    static Hooks of(List<Hooks> hooks) {
        return switch (hooks.size()) {
            case 0 -> NONE;
            case 1 -> new GuardedHooks(hooks.get(0));
            default -> new HookList(hooks.stream().<Hooks>map(GuardedHooks::new).toList());
        };
    }

    @Override
    public void made(Jamsocket client) {
        all.forEach(hooks -> hooks.made(client));
    }

    @Override
    public void closed() {
        all.forEach(Hooks::closed);
    }

    @Override
    public void connected(ConnectRequest request, ConnectResponse response) {
        all.forEach(hooks -> hooks.connected(request, response));
    }

    @Override
    public Calling calling(String operation) {
        List<Calling> each = all.stream().map(hooks -> hooks.calling(operation)).toList();
        return new Calling() {
            @Override
            public void retried() {
                each.forEach(Calling::retried);
            }

            @Override
            public void ended(Duration time, @Nullable Throwable failure) {
                each.forEach(calling -> calling.ended(time, failure));
            }
        };
    }

    @Override
    public Attempt attempting(String method, URI address, int resends) {
        List<Attempt> each = all.stream()
                .filter(Hooks::seesAttempts)
                .map(hooks -> hooks.attempting(method, address, resends))
                .toList();
        return new Attempt() {
            @Override
            public Runnable inContext(Runnable task) {
                return each.stream().reduce(task, (inner, attempt) -> attempt.inContext(inner), (one, other) -> other);
            }

            @Override
            public void answered(int status) {
                each.forEach(attempt -> attempt.answered(status));
            }

            @Override
            public void failed(Throwable failure) {
                each.forEach(attempt -> attempt.failed(failure));
            }
        };
    }

    @Override
    public boolean seesAttempts() {
        return all.stream().anyMatch(Hooks::seesAttempts);
    }

    @Override
    public UnaryOperator<Runnable> context() {
        List<UnaryOperator<Runnable>> each = all.stream().map(Hooks::context).toList();
        return task -> each.stream().reduce(task, (inner, context) -> context.apply(inner), (one, other) -> other);
    }

    @Override
    public void told(BackendStatus status) {
        all.forEach(hooks -> hooks.told(status));
    }

    @Override
    public void moved(BackendState from, BackendState to) {
        all.forEach(hooks -> hooks.moved(from, to));
    }

    @Override
    public void started(Duration sinceScheduled) {
        all.forEach(hooks -> hooks.started(sinceScheduled));
    }

    @Override
    public void delivered(Duration lag) {
        all.forEach(hooks -> hooks.delivered(lag));
    }

    @Override
    public void reconnecting() {
        all.forEach(Hooks::reconnecting);
    }

    @Override
    public void ended(StreamEnd end) {
        all.forEach(hooks -> hooks.ended(end));
    }

    @Override
    public void fired(String type) {
        all.forEach(hooks -> hooks.fired(type));
    }

    @Override
    public int followedBackends() {
        return all.stream().mapToInt(Hooks::followedBackends).sum();
    }
}
