package com.jamsocket.internal.client;

import com.jamsocket.internal.Stages;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Reply;
import jakarta.ws.rs.client.WebTarget;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A transport whose attempts are watched.
 *
 * @param transport carries the calls
 * @param base the address that calls are below
 * @param hooks what watches
 */
record WatchedTransport(Transport transport, URI base, Hooks hooks) implements Transport {

    /** A transport that is watched, if anything watches attempts. */
    static Transport of(Transport transport, URI base, Hooks hooks) {
        return hooks.seesAttempts() ? new WatchedTransport(transport, base, hooks) : transport;
    }

    private Hooks.Attempt begin(Call call) {
        return hooks.attempting(call.method(), base.resolve(call.path()));
    }

    @Override
    public Reply send(Call call) {
        Hooks.Attempt attempt = begin(call);
        AtomicReference<@Nullable Reply> reply = new AtomicReference<>();
        try {
            attempt.inContext(() -> reply.set(transport.send(call))).run();
        } catch (RuntimeException | Error failure) {
            attempt.failed(failure);
            throw failure;
        }
        Reply received = Objects.requireNonNull(reply.get());
        attempt.answered(received.status());
        return received;
    }

    @Override
    public CompletableFuture<Reply> sendAsync(Call call, Executor filterExecutor) {
        Hooks.Attempt attempt = begin(call);
        CompletableFuture<Reply> reply =
                transport.sendAsync(call, task -> filterExecutor.execute(attempt.inContext(task)));
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

    @Override
    public boolean hasFilters() {
        return transport.hasFilters();
    }

    @Override
    public int credentials() {
        return transport.credentials();
    }

    @Override
    public boolean renewCredentials(int refused) {
        return transport.renewCredentials(refused);
    }

    @Override
    public WebTarget target(Call call) {
        return transport.target(call);
    }

    @Override
    public HttpClient streams() {
        return transport.streams();
    }

    @Override
    public void close() {
        transport.close();
    }
}
