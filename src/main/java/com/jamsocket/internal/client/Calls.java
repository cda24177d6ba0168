package com.jamsocket.internal.client;

import com.jamsocket.internal.Stages;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Reply;
import com.jamsocket.internal.wire.ServerKind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls with one answer, with their retries: the one way in for all of them. */
final class Calls {

    private final ServerKind server;
    private final Transport transport;
    private final Retries retries;
    private final Threads threads;
    private final PendingResults pending;

    Calls(ServerKind server, Transport transport, Retries retries, Threads threads, PendingResults pending) {
        this.server = server;
        this.transport = transport;
        this.retries = retries;
        this.threads = threads;
        this.pending = pending;
    }

    /**
     * The operation of a call.
     *
     * @param reader reads the body of an answer
     * @param then is told the result before the caller is; must not block
     */
    <T extends @Nullable Object> Operation<T> operation(Call call, Function<byte[], T> reader, Consumer<T> then) {
        return new Operation<>() {
            @Override
            public T run() {
                return retries.run(call, () -> read(call, transport.send(call), reader, then));
            }

            @Override
            public CompletableFuture<T> start() {
                return pending.add(retries.start(call, () -> attempt(call, reader, then)));
            }
        };
    }

    private <T extends @Nullable Object> CompletableFuture<T> attempt(
            Call call, Function<byte[], T> reader, Consumer<T> then) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Future<?> running = threads.calls().submit(() -> {
            try {
                result.complete(read(call, transport.send(call), reader, then));
            } catch (RuntimeException | Error failure) {
                result.completeExceptionally(failure);
            }
        });
        Stages.cancelWhenDone(result, running);
        return result;
    }

    private <T extends @Nullable Object> T read(Call call, Reply reply, Function<byte[], T> reader, Consumer<T> then) {
        T value = reader.apply(server.body(call, reply, threads.ticker().now()));
        then.accept(value);
        return value;
    }
}
