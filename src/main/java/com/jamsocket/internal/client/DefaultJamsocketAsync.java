package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.ClusterState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.JamsocketAsync;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import com.jamsocket.internal.rest.SharedStreams;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The non-blocking view of a client. */
final class DefaultJamsocketAsync implements JamsocketAsync, SharedStreams.Owner, StatusFollower {

    private final Operations operations;

    DefaultJamsocketAsync(Operations operations) {
        this.operations = operations;
    }

    @Override
    public CompletionStage<ConnectResponse> connect(ConnectRequest request) {
        return stage(operations.connect(request));
    }

    @Override
    public CompletionStage<BackendState> status(String backendId) {
        return stage(operations.status(backendId));
    }

    @Override
    public CompletionStage<StatusSubscription> statusStream(String backendId, StatusListener listener) {
        return stage(operations.statusStream(backendId, listener));
    }

    @Override
    public CompletionStage<BackendState.Ready> awaitReady(String backendId, Duration timeout) {
        return stage(operations.awaitReady(backendId, timeout));
    }

    @Override
    public CompletionStage<StreamEnd.Terminated> awaitTerminated(String backendId, Duration timeout) {
        return stage(operations.awaitTerminated(backendId, timeout));
    }

    @Override
    public CompletionStage<@Nullable Void> terminate(String backendId, TerminationKind kind) {
        return stage(operations.terminate(backendId, kind));
    }

    @Override
    public CompletionStage<StatusSubscription> follow(
            String backendId, StatusListener listener, Consumer<BackendState> found) {
        return operations.stage(operations.follow(backendId, listener, found));
    }

    @Override
    public @Nullable CompletionStage<ClusterState> clusterState() {
        Operation<ClusterState> look = operations.clusterState();
        return look == null ? null : operations.stage(look.start());
    }

    @Override
    public Hooks hooks() {
        return operations.hooks();
    }

    @Override
    public boolean isClosed() {
        return operations.isClosed();
    }

    @Override
    public CompletionStage<Duration> ping() {
        return stage(operations.ping());
    }

    @Override
    public SharedStreams sharedStreams() {
        return operations.shared();
    }

    private <T extends @Nullable Object> CompletionStage<T> stage(Operation<T> operation) {
        return operations.stage(operation.start());
    }
}
