package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.http.HttpSettings;
import com.jamsocket.internal.http.RestCaller;
import com.jamsocket.internal.sse.HttpEventSource;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Dialect;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What the blocking and the non-blocking view of a client share. Each verb checks its arguments at once and gives what is
 * left to do: an action to run, or a stage of a stream.
 */
final class Core implements AutoCloseable {

    private final Dialect dialect;
    private final RestCaller rest;
    private final Streams streams;
    private final Retries retries;
    private final Threads threads;
    private final Pending pending = new Pending();
    private volatile boolean closed;

    Core(Dialect dialect, HttpSettings http, StreamSettings settings, Duration retryTime, Threads threads) {
        this.dialect = dialect;
        this.retries = new Retries(retryTime, threads);
        this.threads = threads;
        this.rest = new RestCaller(http, HttpEventSource::prepare);
        this.streams = new Streams(dialect, rest, http, settings, threads);
    }

    Action<ConnectResponse> connect(ConnectRequest request) {
        Call call = open().connect(request);
        return new Action<>(call, () -> dialect.connectResponse(rest.call(call)));
    }

    /** Connects; if that leads to a backend which is ending, waits for its end within the time and connects again. */
    CompletableFuture<ConnectResponse> connectAfterEnding(ConnectRequest request, Duration limit) {
        return pending.add(new AfterEnding(this, threads, connect(request), limit)
                .connect()
                .toCompletableFuture());
    }

    Action<BackendState> status(String backendId) {
        Call call = open().status(requireId(backendId));
        return new Action<>(call, () -> dialect.state(rest.call(call)));
    }

    Action<@Nullable Void> terminate(String backendId, TerminationKind kind) {
        if (Objects.requireNonNull(kind, "kind") == TerminationKind.UNKNOWN) {
            throw new IllegalArgumentException("a backend is terminated SOFT or HARD, not " + kind);
        }
        Call call = open().terminate(requireId(backendId), kind);
        return new Action<>(call, () -> {
            rest.call(call);
            return null;
        });
    }

    CompletableFuture<StatusSubscription> statusStream(String backendId, StatusListener listener) {
        open();
        return pending.add(streams.open(requireId(backendId), Objects.requireNonNull(listener, "listener")));
    }

    CompletableFuture<BackendState.Ready> awaitReady(String backendId, Duration timeout) {
        open();
        return pending.add(Await.ready(requireId(backendId), Values.requirePositive(timeout, "timeout"))
                .start(streams));
    }

    CompletableFuture<StreamEnd.Terminated> awaitTerminated(String backendId, Duration timeout) {
        open();
        return pending.add(Await.terminated(requireId(backendId), Values.requirePositive(timeout, "timeout"))
                .start(streams));
    }

    Flow.Publisher<BackendState> statusPublisher(String backendId) {
        open();
        return new StatusPublisher(requireId(backendId), streams, pending);
    }

    /** Makes the call on this thread. */
    <T> T run(Action<T> action) {
        return retries.run(action);
    }

    /** Makes the call on a thread of the client. */
    <T> CompletableFuture<T> start(Action<T> action) {
        return pending.add(retries.start(action));
    }

    private Dialect open() {
        if (closed) {
            throw Failures.closedClient();
        }
        return dialect;
    }

    private static String requireId(String backendId) {
        return Values.requireText(backendId, "backendId");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            streams.close();
            pending.close();
            rest.close();
            threads.close();
        }
    }
}
