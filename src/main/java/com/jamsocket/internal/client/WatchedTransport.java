package com.jamsocket.internal.client;

import com.jamsocket.internal.Stages;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Reply;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A transport whose attempts are watched. */
final class WatchedTransport extends ForwardingTransport {

    private final URI base;
    private final Hooks hooks;

    private WatchedTransport(Transport transport, URI base, Hooks hooks) {
        super(transport);
        this.base = base;
        this.hooks = hooks;
    }

    /** A transport that is watched, if anything watches attempts. */
    static Transport of(Transport transport, URI base, Hooks hooks) {
        return hooks.seesAttempts() ? new WatchedTransport(transport, base, hooks) : transport;
    }

    private Hooks.Attempt begin(Call call) {
        return hooks.attempting(call.method(), base.resolve(call.path()), call.resends());
    }

    @Override
    public Reply send(Call call, FollowUps followUps) {
        Hooks.Attempt attempt = begin(call);
        FollowUps watched = requests -> followUps.run(() -> inContext(attempt, requests));
        Reply reply;
        try {
            reply = inContext(attempt, () -> transport().send(call, watched));
        } catch (RuntimeException | Error failure) {
            attempt.failed(failure);
            throw failure;
        }
        attempt.answered(reply.status());
        return reply;
    }

    private static Reply inContext(Hooks.Attempt attempt, Supplier<Reply> requests) {
        AtomicReference<@Nullable Reply> reply = new AtomicReference<>();
        attempt.inContext(() -> reply.set(requests.get())).run();
        return Objects.requireNonNull(reply.get());
    }

    @Override
    public CompletableFuture<Reply> sendAsync(Call call, Executor filterExecutor) {
        Hooks.Attempt attempt = begin(call);
        CompletableFuture<Reply> reply =
                transport().sendAsync(call, task -> filterExecutor.execute(attempt.inContext(task)));
        // Told before whoever waits for the answer goes on.
        CompletableFuture<Reply> told = new CompletableFuture<>();
        Stages.whenDone(reply, (received, failure) -> {
            if (received == null) {
                attempt.failed(Objects.requireNonNull(failure));
                told.completeExceptionally(failure);
            } else {
                attempt.answered(received.status());
                told.complete(received);
            }
        });
        Stages.cancelWhenDone(told, reply);
        return told;
    }
}
