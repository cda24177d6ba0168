package com.jamsocket.cdi;

import com.jamsocket.BackendHandle;
import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.ClientDiagnostics;
import com.jamsocket.ClusterState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketAsync;
import com.jamsocket.JamsocketException;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import com.jamsocket.internal.client.Hooks;
import com.jamsocket.internal.client.StatusFollower;
import com.jamsocket.testkit.States;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A client without a server: it hands out ids, keeps the history of each backend and tells it to its streams on the
 * thread of the test.
 */
final class FakeJamsocket implements Jamsocket {

    final List<String> opened = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<FakeStream> streams = new CopyOnWriteArrayList<>();
    volatile boolean closed;
    volatile RuntimeException refusal;
    volatile RuntimeException closeFailure;

    /** Completes the openings of streams; completed unless a test wants to hold them up. */
    volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    /** What streams that are closed wait for until they tell so; nothing unless a test wants to hold them up. */
    volatile CompletableFuture<Void> closing = CompletableFuture.completedFuture(null);

    /** What a look at the cluster gives, or throws; null for a client that knows no cluster. */
    volatile Supplier<ClusterState> cluster;

    /** What the status is, though the streams do not tell it; null for what they do. */
    volatile BackendState ahead;

    /** The drone that it names for what it starts; null for none. */
    volatile String drone;

    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, List<BackendState>> histories = new HashMap<>();
    private String nextId;
    private Hooks hooks = Hooks.NONE;

    /** The next backend gets this id. */
    FakeJamsocket nextId(String id) {
        nextId = id;
        return this;
    }

    @Override
    public ClientDiagnostics diagnostics() {
        throw new UnsupportedOperationException("diagnostics");
    }

    @Override
    public synchronized ConnectResponse connect(ConnectRequest request) {
        requireOpen();
        boolean spawned = request.key() == null || !keys.containsKey(request.key());
        String id = spawned ? newId() : keys.get(request.key());
        if (request.key() != null) {
            keys.put(request.key(), id);
        }
        histories.computeIfAbsent(id, unused -> new ArrayList<>());
        URI url = URI.create("https://example.test/");
        ConnectResponse response = ConnectResponse.builder()
                .backendId(id)
                .spawned(spawned)
                .token("t")
                .url(url)
                .statusUrl(url)
                .drone(spawned ? drone : null)
                .build();
        hooks.connected(request, response);
        return response;
    }

    /** From now on this is told what the client does. */
    FakeJamsocket watchedBy(Hooks watching) {
        hooks = watching;
        return this;
    }

    /** An answer comes as it is. */
    void tell(ConnectRequest request, ConnectResponse response) {
        synchronized (this) {
            histories.computeIfAbsent(response.backendId(), unused -> new ArrayList<>());
        }
        hooks.connected(request, response);
    }

    private synchronized List<BackendState> history(String id) {
        return List.copyOf(histories.getOrDefault(id, List.of()));
    }

    private String newId() {
        String id = nextId != null ? nextId : "b" + (histories.size() + 1);
        nextId = null;
        return id;
    }

    /**
     * The backend reaches a state. A terminated one frees its key, unless the test says that the server still keeps it.
     */
    void reach(String id, BackendState... states) {
        for (BackendState state : states) {
            synchronized (this) {
                histories.get(id).add(state);
            }
            streams.stream().filter(stream -> stream.backendId.equals(id)).forEach(stream -> {
                // After its history, which another thread may be telling.
                synchronized (stream) {
                    stream.state(state);
                }
            });
        }
    }

    synchronized void freeKey(String key) {
        keys.remove(key);
    }

    /** The streams of the backend fail. */
    void fail(String id, JamsocketException cause) {
        end(id, StreamEnd.failed(cause));
    }

    /** The streams of the backend end. */
    void end(String id, StreamEnd how) {
        streams.stream().filter(stream -> stream.backendId.equals(id)).forEach(stream -> stream.end(how));
    }

    @Override
    public Duration ping() {
        requireOpen();
        return Duration.ofMillis(1);
    }

    @Override
    public BackendState status(String backendId) {
        requireOpen();
        calls.add("status " + backendId);
        if (ahead != null) {
            return ahead;
        }
        List<BackendState> history = history(backendId);
        return history.isEmpty() ? States.READY : history.get(history.size() - 1);
    }

    @Override
    public StatusSubscription statusStream(String backendId, StatusListener listener) {
        requireOpen();
        if (refusal != null) {
            throw refusal;
        }
        opened.add(backendId);
        FakeStream stream = new FakeStream(backendId, listener);
        synchronized (stream) {
            List<BackendState> history;
            synchronized (this) {
                history = List.copyOf(histories.get(backendId));
                streams.add(stream);
            }
            history.forEach(stream::state);
        }
        return stream;
    }

    @Override
    public Flow.Publisher<BackendState> statusPublisher(String backendId) {
        calls.add("statusPublisher " + backendId);
        return subscriber -> {};
    }

    @Override
    public BackendState.Ready awaitReady(String backendId, Duration timeout) {
        calls.add("awaitReady " + backendId + " " + timeout);
        return States.READY;
    }

    @Override
    public StreamEnd.Terminated awaitTerminated(String backendId, Duration timeout) {
        calls.add("awaitTerminated " + backendId + " " + timeout);
        return StreamEnd.terminated(States.TERMINATED);
    }

    @Override
    public BackendHandle backend(ConnectRequest request, Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void terminate(String backendId, TerminationKind kind) {
        requireOpen();
        calls.add("terminate " + backendId + " " + kind);
    }

    @Override
    public JamsocketAsync async() {
        return new Async();
    }

    @Override
    public void close() {
        if (closeFailure != null) {
            throw closeFailure;
        }
        closed = true;
        streams.forEach(StatusSubscription::close);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
    }

    static BackendNotFoundException notFound() {
        return new BackendNotFoundException(
                "no such backend",
                JamsocketApiException.Details.builder(404).kind("NotFound").build());
    }

    /** A stream whose listener is called by whoever moves the backend. */
    final class FakeStream implements StatusSubscription {
        final String backendId;
        final CompletableFuture<StreamEnd> end = new CompletableFuture<>();
        private final StatusListener listener;

        FakeStream(String backendId, StatusListener listener) {
            this.backendId = backendId;
            this.listener = listener;
        }

        void state(BackendState state) {
            if (!end.isDone()) {
                listener.onState(state);
                if (state instanceof BackendState.Terminated last) {
                    end(StreamEnd.terminated(last));
                }
            }
        }

        void end(StreamEnd how) {
            if (end.complete(how)) {
                listener.onEnd(how);
            }
        }

        @Override
        public String backendId() {
            return backendId;
        }

        @Override
        public CompletionStage<StreamEnd> end() {
            return end;
        }

        @Override
        public void close() {
            var unused = closing.thenRun(() -> end(StreamEnd.closed()));
        }
    }

    private final class Async implements JamsocketAsync, StatusFollower {

        @Override
        public CompletionStage<StatusSubscription> follow(
                String backendId, StatusListener listener, Consumer<BackendState> found) {
            return gate.thenApply(unused -> {
                List<BackendState> history = histories.getOrDefault(backendId, List.of());
                found.accept(history.isEmpty() ? States.SCHEDULED : history.get(history.size() - 1));
                return FakeJamsocket.this.statusStream(backendId, listener);
            });
        }

        @Override
        public CompletionStage<ClusterState> clusterState() {
            requireOpen();
            calls.add("clusterState");
            Supplier<ClusterState> seen = cluster;
            return seen == null ? null : now(seen);
        }

        @Override
        public Hooks hooks() {
            return hooks;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public CompletionStage<Duration> ping() {
            return CompletableFuture.completedFuture(FakeJamsocket.this.ping());
        }

        @Override
        public CompletionStage<ConnectResponse> connect(ConnectRequest request) {
            return now(() -> FakeJamsocket.this.connect(request));
        }

        @Override
        public CompletionStage<BackendState> status(String backendId) {
            return now(() -> FakeJamsocket.this.status(backendId));
        }

        @Override
        public CompletionStage<StatusSubscription> statusStream(String backendId, StatusListener listener) {
            return gate.thenApply(unused -> FakeJamsocket.this.statusStream(backendId, listener));
        }

        @Override
        public CompletionStage<BackendState.Ready> awaitReady(String backendId, Duration timeout) {
            return now(() -> FakeJamsocket.this.awaitReady(backendId, timeout));
        }

        @Override
        public CompletionStage<StreamEnd.Terminated> awaitTerminated(String backendId, Duration timeout) {
            return now(() -> FakeJamsocket.this.awaitTerminated(backendId, timeout));
        }

        @Override
        public CompletionStage<Void> terminate(String backendId, TerminationKind kind) {
            return now(() -> {
                FakeJamsocket.this.terminate(backendId, kind);
                return null;
            });
        }

        private <T> CompletionStage<T> now(Supplier<T> call) {
            try {
                return CompletableFuture.completedStage(call.get());
            } catch (RuntimeException e) {
                return CompletableFuture.failedStage(e);
            }
        }
    }
}
