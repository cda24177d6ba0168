package com.jamsocket.internal.client;

import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketInterruptedException;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Reply;
import com.jamsocket.internal.wire.ServerKind;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Calls with one answer, with their retries, within their time: the one way in for all of them. */
final class Calls {

    private final ServerKind server;
    private final Transport transport;
    private final ClientSettings settings;
    private final Retries retries;
    private final Bulkhead bulkhead;
    private final Threads threads;
    private final PendingResults pending;
    private final CallWatch watch;

    Calls(
            ServerKind server,
            Transport transport,
            ClientSettings settings,
            Threads threads,
            PendingResults pending,
            CallWatch watch) {
        this.server = server;
        this.transport = transport;
        this.settings = settings;
        this.retries = new Retries(settings.retryTime(), threads.ticker());
        this.bulkhead = new Bulkhead(settings, threads);
        this.threads = threads;
        this.pending = pending;
        this.watch = watch;
    }

    /** How many threads have waited for long. */
    int waiting() {
        return bulkhead.waiting();
    }

    Retries retries() {
        return retries;
    }

    /** Is told how an attempt ended that was made elsewhere: an answer to it is one of the server, too. */
    void attempted(@Nullable Throwable failure) {
        bulkhead.attempted(failure);
    }

    /**
     * The operation of a call.
     *
     * @param name the method that was called
     * @param reader reads the body of an answer
     * @param then is told the result before the caller is; must not block
     */
    <T extends @Nullable Object> Operation<T> operation(
            String name, Call call, Function<byte[], T> reader, Consumer<T> then) {
        return new Operation<>() {
            @Override
            public T run() {
                UnaryOperator<Runnable> context = watch.hooks().context();
                return inTime(
                        name,
                        call,
                        (caller, watched) -> retries.run(
                                call,
                                () -> attempt(call.resent(watched.attempting()), reader, then, caller, context),
                                delay -> caller.await(pause(delay))));
            }

            @Override
            public CompletableFuture<T> start() {
                UnaryOperator<Runnable> context = watch.hooks().context();
                CallWatch.Watched watched = watch.begin(name, call);
                return inTime(
                        watched,
                        call,
                        retries.start(
                                call,
                                () -> attempt(
                                        call.resent(watched.attempting()), reader, then, threads.calls(), context)));
            }
        };
    }

    /** An operation that begins with a call and that no thread need wait for, in the time of a call. */
    <T> Operation<T> operation(String name, Call call, Supplier<CompletableFuture<T>> beginning) {
        return new Operation<>() {
            @Override
            public T run() {
                return inTime(name, call, (caller, watched) -> caller.await(pending.add(beginning.get())));
            }

            @Override
            public CompletableFuture<T> start() {
                CompletableFuture<T> begun = beginning.get();
                return inTime(watch.begin(name, call), call, begun);
            }
        };
    }

    /**
     * What a wait asks for the present thread, as often as it likes: retried, in the time of a call, and not counted.
     *
     * @param reader reads the body of an answer
     */
    <T> Supplier<CompletableFuture<T>> question(Call call, Function<byte[], T> reader) {
        UnaryOperator<Runnable> context = watch.hooks().context();
        return () ->
                inTime(call, retries.start(call, () -> attempt(call, reader, answer -> {}, threads.calls(), context)));
    }

    private <T extends @Nullable Object> T inTime(
            String name, Call call, BiFunction<Bulkhead.Caller, CallWatch.Watched, T> operation) {
        CallWatch.Watched watched = watch.begin(name, call);
        try (Bulkhead.Caller caller = bulkhead.enter(call)) {
            T result = operation.apply(caller, watched);
            watched.ended(null);
            return result;
        } catch (JamsocketInterruptedException e) {
            watched.ended(e);
            throw e;
        } catch (RuntimeException e) {
            watched.ended(e);
            // What comes of the exchange when its client is closed under it depends on the client.
            throw pending.isClosed() ? Failures.closedClient(e) : e;
        }
    }

    private <T extends @Nullable Object> CompletableFuture<T> inTime(
            CallWatch.Watched watched, Call call, CompletableFuture<T> result) {
        Stages.whenDone(result, (value, failure) -> watched.ended(failure));
        return inTime(call, result);
    }

    private <T extends @Nullable Object> CompletableFuture<T> inTime(Call call, CompletableFuture<T> result) {
        Failures.later(
                threads.ticker(),
                settings.callTimeout(),
                result,
                () -> result.completeExceptionally(new JamsocketConnectionException(
                        "no answer to " + call + " within " + settings.callTimeout() + " in all", null, true)));
        return pending.add(result);
    }

    private CompletableFuture<@Nullable Void> pause(Duration delay) {
        CompletableFuture<@Nullable Void> over = pending.add(new CompletableFuture<>());
        Failures.later(threads.ticker(), delay, over, () -> over.complete(null));
        return over;
    }

    /** One attempt for a caller that waits: by itself where that is safe, else so that the caller can leave. */
    private <T extends @Nullable Object> T attempt(
            Call call,
            Function<byte[], T> reader,
            Consumer<T> then,
            Bulkhead.Caller caller,
            UnaryOperator<Runnable> context) {
        if (transport.needsThread(call) && caller.beginsItself()) {
            Transport.FollowUps followUps =
                    requests -> caller.await(pending.add(on(threads.attempts(), context, requests)));
            return told(() -> read(call, transport.send(call, followUps), reader, then));
        }
        return caller.await(pending.add(
                transport.needsThread(call)
                        ? attempt(call, reader, then, threads.attempts(), context)
                        : exchange(call, reader, then, context)));
    }

    /** One attempt on a thread of this executor. */
    private <T extends @Nullable Object> CompletableFuture<T> attempt(
            Call call,
            Function<byte[], T> reader,
            Consumer<T> then,
            ExecutorService executor,
            UnaryOperator<Runnable> context) {
        return on(
                executor,
                context,
                () -> told(() -> read(call, transport.send(call, Transport.FollowUps.HERE), reader, then)));
    }

    private static <T extends @Nullable Object> CompletableFuture<T> on(
            ExecutorService executor, UnaryOperator<Runnable> context, Supplier<T> value) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Future<?> running = executor.submit(context.apply(() -> complete(result, value)));
        Stages.cancelWhenDone(result, running);
        return result;
    }

    /** One attempt without a thread that waits; request filters run on this one, and on another after a 401. */
    private <T extends @Nullable Object> CompletableFuture<T> exchange(
            Call call, Function<byte[], T> reader, Consumer<T> then, UnaryOperator<Runnable> context) {
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<Reply> exchange = transport.sendAsync(call, here(context));
        Stages.whenDone(exchange, (reply, failure) -> {
            if (reply == null) {
                bulkhead.attempted(failure);
                result.completeExceptionally(Objects.requireNonNull(failure));
            } else {
                context.apply(() -> complete(result, () -> told(() -> read(call, reply, reader, then))))
                        .run();
            }
        });
        Stages.cancelWhenDone(result, exchange);
        return result;
    }

    /** Runs tasks on this thread if it is the one to ask for it, else where they may block. */
    private Executor here(UnaryOperator<Runnable> context) {
        Thread here = Thread.currentThread();
        return task -> {
            if (Thread.currentThread().equals(here)) {
                task.run();
            } else {
                threads.attempts().execute(context.apply(task));
            }
        };
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
