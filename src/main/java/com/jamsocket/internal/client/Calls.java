package com.jamsocket.internal.client;

import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketInterruptedException;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.observe.FlightRecording;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Reply;
import com.jamsocket.internal.wire.ServerKind;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls with one answer, with their retries, within their time: the one way in for all of them. */
final class Calls {

    private final ServerKind server;
    private final Transport transport;
    private final CallSettings settings;
    private final Retries retries;
    private final Bulkhead bulkhead;
    private final Threads threads;
    private final PendingResults pending;

    Calls(ServerKind server, Transport transport, CallSettings settings, Threads threads, PendingResults pending) {
        this.server = server;
        this.transport = transport;
        this.settings = settings;
        this.retries = new Retries(settings.retryTime(), threads.ticker());
        this.bulkhead = new Bulkhead(settings, threads.ticker());
        this.threads = threads;
        this.pending = pending;
    }

    Retries retries() {
        return retries;
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
                return inTime(
                        call,
                        caller -> retries.run(
                                call, () -> attempt(call, reader, then, caller), delay -> caller.await(pause(delay))));
            }

            @Override
            public CompletableFuture<T> start() {
                return inTime(call, retries.start(call, () -> attempt(call, reader, then, threads.calls())));
            }
        };
    }

    /** An operation that begins with a call and that no thread need wait for, in the time of a call. */
    <T> Operation<T> operation(Call call, Supplier<CompletableFuture<T>> beginning) {
        return new Operation<>() {
            @Override
            public T run() {
                return inTime(call, caller -> caller.await(pending.add(beginning.get())));
            }

            @Override
            public CompletableFuture<T> start() {
                return inTime(call, beginning.get());
            }
        };
    }

    private <T extends @Nullable Object> T inTime(Call call, Function<Bulkhead.Caller, T> operation) {
        Consumer<@Nullable Throwable> recording = FlightRecording.calling(call);
        try (Bulkhead.Caller caller = bulkhead.enter(call)) {
            T result = operation.apply(caller);
            recording.accept(null);
            return result;
        } catch (JamsocketInterruptedException e) {
            recording.accept(e);
            throw e;
        } catch (RuntimeException e) {
            recording.accept(e);
            // What comes of the exchange when its client is closed under it depends on the client.
            throw pending.isClosed() ? Failures.closedClient(e) : e;
        }
    }

    private <T extends @Nullable Object> CompletableFuture<T> inTime(Call call, CompletableFuture<T> result) {
        Consumer<@Nullable Throwable> recording = FlightRecording.calling(call);
        Stages.whenDone(result, (value, failure) -> recording.accept(failure));
        Failures.later(
                threads.ticker(),
                settings.timeout(),
                result,
                () -> result.completeExceptionally(new JamsocketConnectionException(
                        "no answer to " + call + " within " + settings.timeout() + " in all", null, true)));
        return pending.add(result);
    }

    private CompletableFuture<@Nullable Void> pause(Duration delay) {
        CompletableFuture<@Nullable Void> over = pending.add(new CompletableFuture<>());
        Failures.later(threads.ticker(), delay, over, () -> over.complete(null));
        return over;
    }

    /** One attempt for a caller that waits: by itself where that is safe, else so that the caller can leave. */
    private <T extends @Nullable Object> T attempt(
            Call call, Function<byte[], T> reader, Consumer<T> then, Bulkhead.Caller caller) {
        if (call.repeatable() && caller.beginsItself()) {
            return told(() -> read(call, transport.send(call), reader, then));
        }
        return caller.await(pending.add(
                call.repeatable() ? attempt(call, reader, then, threads.attempts()) : exchange(call, reader, then)));
    }

    /** One attempt on a thread of this executor. */
    private <T extends @Nullable Object> CompletableFuture<T> attempt(
            Call call, Function<byte[], T> reader, Consumer<T> then, ExecutorService executor) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Future<?> running = executor.submit(
                () -> complete(result, () -> told(() -> read(call, transport.send(call), reader, then))));
        Stages.cancelWhenDone(result, running);
        return result;
    }

    /** One attempt without a thread that waits; request filters run on this one. */
    private <T extends @Nullable Object> CompletableFuture<T> exchange(
            Call call, Function<byte[], T> reader, Consumer<T> then) {
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<Reply> exchange = transport.sendAsync(call, Runnable::run);
        Stages.whenDone(exchange, (reply, failure) -> {
            if (reply == null) {
                bulkhead.attempted(failure);
                result.completeExceptionally(Objects.requireNonNull(failure));
            } else {
                complete(result, () -> told(() -> read(call, reply, reader, then)));
            }
        });
        Stages.cancelWhenDone(result, exchange);
        return result;
    }

    private static <T extends @Nullable Object> void complete(CompletableFuture<T> result, Supplier<T> value) {
        try {
            result.complete(value.get());
        } catch (RuntimeException | Error failure) {
            result.completeExceptionally(failure);
        }
    }

    /** Has the bulkhead know how an attempt ends. */
    private <T extends @Nullable Object> T told(Supplier<T> attempt) {
        try {
            T value = attempt.get();
            bulkhead.attempted(null);
            return value;
        } catch (RuntimeException e) {
            bulkhead.attempted(e);
            throw e;
        }
    }

    private <T extends @Nullable Object> T read(Call call, Reply reply, Function<byte[], T> reader, Consumer<T> then) {
        T value = reader.apply(server.body(call, reply, threads.ticker().now()));
        then.accept(value);
        return value;
    }
}
