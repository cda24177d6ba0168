package com.jamsocket.internal.client;

import com.jamsocket.BackendHandle;
import com.jamsocket.BackendState;
import com.jamsocket.ClientDiagnostics;
import com.jamsocket.ClusterState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.config.Setting;
import com.jamsocket.internal.http.BackendClient;
import com.jamsocket.internal.http.Transport;
import com.jamsocket.internal.rest.SharedStreams;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Dialect;
import com.jamsocket.internal.wire.PlaneControlMapping;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of a client, which its blocking and its non-blocking view share. Each validates its arguments at once and
 * gives the operation that is left to run or to start.
 */
final class Operations implements AutoCloseable {

    private static final Duration ONE_ANSWER_LIMIT = Duration.ofSeconds(2);

    private final Dialect dialect;
    private final CallWatch watch;
    private final Calls calls;
    private final Transport transport;
    private final BackendClient backends;
    private final StatusProbe probe;
    private final OpenStreams streams;
    private final ClientSettings settings;
    private final Threads threads;
    private final Hooks hooks;
    private final PendingResults pending = new PendingResults();
    private final SharedStreams shared;

    /** Those that have not been told the end of their stream. */
    private final Set<CallbackListener> listeners = ConcurrentHashMap.newKeySet();

    /** Those whose subscribers have not been told the end. */
    private final Set<PublishedStream> published = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    Operations(
            Dialect dialect,
            Transport transport,
            BackendClient backends,
            ClientSettings settings,
            Threads threads,
            Hooks hooks) {
        this.dialect = dialect;
        this.transport = transport;
        this.backends = backends;
        this.settings = settings;
        this.threads = threads;
        this.hooks = hooks;
        this.watch = new CallWatch(hooks, threads.ticker());
        this.calls = new Calls(dialect.server(), transport, settings, threads, pending, watch);
        Openings openings = new Openings(
                settings.get(Setting.STREAM_OPENINGS), settings.attempt(), threads.ticker(), this::serverIsBack);
        this.probe = new StatusProbe(dialect, transport, calls, threads, openings);
        this.streams = new OpenStreams(dialect, transport, settings, probe, openings, threads, watch);
        this.shared = new SharedStreams(this::openShared, threads.ticker(), settings.get(Setting.MAX_WATCHED_BACKENDS));
    }

    private void serverIsBack() {
        streams.reconnectSoon();
    }

    Operation<ConnectResponse> connect(ConnectRequest request) {
        Call call = open().connect(request);
        Operation<ConnectResponse> connect = calls.operation(
                "connect", call, dialect::connectResponse, response -> hooks.connected(request, response));
        Duration limit = request.waitForEnding();
        return limit == null
                ? connect
                : Operation.of(
                        threads,
                        "connect",
                        () -> pending.add(
                                new WaitForEnding(connect, this::terminated, limit, threads.ticker()).start()));
    }

    Operation<BackendState> status(String backendId) {
        return calls.operation("status", open().status(requireId(backendId)), dialect::state, state -> {});
    }

    /** The status, asked for once and for two seconds at most, where it is of use only at once. */
    Operation<BackendState> statusNow(String backendId) {
        Call call = open().status(requireId(backendId));
        return Operation.of(threads, "status", () -> soon(call, probe.ask(backendId)));
    }

    private <T> CompletableFuture<T> soon(Call call, CompletableFuture<T> answer) {
        Failures.later(
                threads.ticker(),
                ONE_ANSWER_LIMIT,
                answer,
                () -> answer.completeExceptionally(new JamsocketConnectionException(
                        "no answer within " + ONE_ANSWER_LIMIT + " (" + call + ")", null, true)));
        return pending.add(answer);
    }

    Operation<@Nullable Void> terminate(String backendId, TerminationKind kind) {
        if (Objects.requireNonNull(kind, "kind") == TerminationKind.UNKNOWN) {
            throw new IllegalArgumentException("a backend is terminated SOFT or HARD, not " + kind);
        }
        Call call = open().terminate(requireId(backendId), kind);
        Consumer<@Nullable Void> then = nothing -> streams.hurry(backendId);
        return calls.operation("terminate", call, body -> null, then);
    }

    Operation<StatusSubscription> statusStream(String backendId, StatusListener listener) {
        open();
        requireId(backendId);
        Objects.requireNonNull(listener, "listener");
        return calls.operation(
                "statusStream",
                dialect.status(backendId),
                () -> openStream(backendId, listener, probe.confirm(backendId)));
    }

    private CompletableFuture<StatusSubscription> openStream(
            String backendId, StatusListener listener, CompletableFuture<BackendState> confirmation) {
        Executor executor = callbacks();
        CallbackListener callbacks = new CallbackListener(backendId, listener, executor, hooks, threads.ticker());
        listeners.add(callbacks);
        Stages.whenDone(callbacks.end(), (told, failure) -> listeners.remove(callbacks));
        CompletableFuture<StatusSubscription> subscribed = new CompletableFuture<>();
        var opened = streams.open(backendId, callbacks, confirmation);
        Stages.whenDone(opened, (stream, failure) -> {
            if (failure != null) {
                listeners.remove(callbacks);
                subscribed.completeExceptionally(Objects.requireNonNull(failure));
            } else if (!subscribed.complete(
                    new ListenedStream(stream, callbacks, new SharedStage<>(callbacks.end(), executor)))) {
                // Given up meanwhile: nobody else could close it.
                stream.close();
            }
        });
        Stages.cancelWhenDone(subscribed, opened);
        return subscribed;
    }

    /**
     * A stream whose opening is retried for as long as what is wrong may pass. What is not from the server itself, and
     * a refusal for good, ends the retries.
     */
    CompletableFuture<StatusSubscription> follow(
            String backendId, StatusListener listener, Consumer<BackendState> found) {
        open();
        CompletableFuture<BackendState> confirmation = probe.confirmForEver(backendId, settings);
        CompletableFuture<BackendState> told = confirmation.thenApply(state -> {
            found.accept(state);
            return state;
        });
        Stages.cancelWhenDone(told, confirmation);
        return pending.add(openStream(backendId, listener, told));
    }

    /** The streams that browsers share. */
    SharedStreams shared() {
        return shared;
    }

    /** Browsers are not the application's code: their streams need no callback threads. */
    private CompletableFuture<Runnable> openShared(String backendId, StatusListener listener) {
        open();
        CompletableFuture<Runnable> closing = new CompletableFuture<>();
        var opened = pending.add(streams.open(backendId, listener, probe.confirm(backendId)));
        Stages.whenDone(opened, (stream, failure) -> {
            if (stream == null) {
                closing.completeExceptionally(Objects.requireNonNull(failure));
            } else if (!closing.complete(stream::close)) {
                stream.close();
            }
        });
        Stages.cancelWhenDone(closing, opened);
        return closing;
    }

    Operation<Duration> ping() {
        Call call = open().ping();
        return Operation.of(threads, "ping", () -> {
            CompletableFuture<Duration> pong = new CompletableFuture<>();
            long start = threads.ticker().nanoTime();
            var reply = transport.sendAsync(call, threads.filters(transport));
            Stages.whenDone(reply, (received, failure) -> {
                try {
                    if (received == null) {
                        pong.completeExceptionally(Objects.requireNonNull(failure));
                    } else {
                        dialect.requirePong(call, received, threads.ticker().now());
                        pong.complete(Duration.ofNanos(threads.ticker().nanoTime() - start));
                    }
                } catch (RuntimeException e) {
                    pong.completeExceptionally(e);
                }
            });
            Stages.cancelWhenDone(pong, reply);
            return soon(call, pong);
        });
    }

    /** Null where there is no cluster to look at, or none that is named. */
    @Nullable
    Operation<ClusterState> clusterState() {
        Call call = open().clusterState();
        return call == null
                ? null
                : calls.operation("clusterState", call, PlaneControlMapping::readClusterState, state -> {});
    }

    BackendHandle backend(ConnectRequest request, Duration limit) {
        open().connect(request);
        return new DefaultBackendHandle(
                this, backends, request, Values.requirePositive(limit, "limit"), threads.ticker());
    }

    Operation<BackendState.Ready> awaitReady(String backendId, Duration timeout) {
        open();
        requireId(backendId);
        Values.requirePositive(timeout, "timeout");
        return Operation.of(
                threads,
                "awaitReady",
                () -> pending.add(new Await.Ready(backendId, timeout, probe, streams, threads.ticker()).start()));
    }

    Operation<StreamEnd.Terminated> awaitTerminated(String backendId, Duration timeout) {
        open();
        requireId(backendId);
        Values.requirePositive(timeout, "timeout");
        return Operation.of(threads, "awaitTerminated", () -> terminated(backendId, timeout));
    }

    private CompletableFuture<StreamEnd.Terminated> terminated(String backendId, Duration timeout) {
        return pending.add(new Await.Terminated(backendId, timeout, probe, streams, threads.ticker()).start());
    }

    Flow.Publisher<BackendState> statusPublisher(String backendId) {
        open();
        requireId(backendId);
        return subscriber -> {
            PublishedStream stream = new PublishedStream(
                    Objects.requireNonNull(subscriber, "subscriber"), callbacks(), published::remove);
            stream.open(subscriber, () -> openPublished(backendId, stream));
        };
    }

    private CompletableFuture<StatusStream> openPublished(String backendId, PublishedStream stream) {
        published.add(stream);
        // Not before: closing may have looked before this stream was there to be seen.
        open();
        return pending.add(streams.open(backendId, stream, probe.confirm(backendId)));
    }

    /** A result that somebody waits for, and that fails when the client closes. */
    <T> CompletableFuture<T> untilClosed(CompletableFuture<T> result) {
        return pending.add(result);
    }

    /** What a stage of the non-blocking view stands for. */
    <T extends @Nullable Object> CallbackStage<T> stage(CompletableFuture<T> operation) {
        return CallbackStage.of(operation, callbacks());
    }

    /** Runs code of the application, with what goes along from the present thread. */
    private Executor callbacks() {
        UnaryOperator<Runnable> context = hooks.context();
        return task -> threads.runCallback(context.apply(task));
    }

    Hooks hooks() {
        return hooks;
    }

    /** What the client is doing. */
    ClientDiagnostics diagnostics(String name, String server) {
        return new ClientDiagnostics(
                name,
                server,
                Version.CURRENT,
                closed,
                watch.active(),
                calls.waiting(),
                threads.runningCalls(),
                threads.queuedCalls(),
                streams.size(),
                streams.connected(),
                hooks.followedBackends(),
                watch.lastFailure());
    }

    boolean isClosed() {
        return closed;
    }

    private Dialect open() {
        if (isClosed()) {
            throw Failures.closedClient();
        }
        return dialect;
    }

    private static String requireId(String backendId) {
        return Values.requireBackendId(backendId);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            listeners.forEach(CallbackListener::close);
            published.forEach(PublishedStream::close);
            streams.close();
            pending.close();
            transport.close();
            backends.close();
            threads.close();
            hooks.closed();
        }
    }
}
