package com.jamsocket.cdi;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.JamsocketAsync;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The non-blocking side of {@link InjectedJamsocket}. It returns the client's own stages, so that they can be
 * cancelled.
 */
final class InjectedJamsocketAsync implements JamsocketAsync {

    private final Supplier<OpenClient> open;

    InjectedJamsocketAsync(Supplier<OpenClient> open) {
        this.open = open;
    }

    @Override
    public CompletionStage<ConnectResponse> connect(ConnectRequest request) {
        OpenClient client = open.get();
        CompletionStage<ConnectResponse> connecting = client.client().async().connect(request);
        var unused = connecting.thenAccept(response -> client.following().follow(response.backendId()));
        return connecting;
    }

    @Override
    public CompletionStage<BackendState> status(String backendId) {
        return client().status(backendId);
    }

    @Override
    public CompletionStage<StatusSubscription> statusStream(String backendId, StatusListener listener) {
        return client().statusStream(backendId, listener);
    }

    @Override
    public CompletionStage<BackendState.Ready> awaitReady(String backendId, Duration timeout) {
        return client().awaitReady(backendId, timeout);
    }

    @Override
    public CompletionStage<StreamEnd.Terminated> awaitTerminated(String backendId, Duration timeout) {
        return client().awaitTerminated(backendId, timeout);
    }

    @Override
    public CompletionStage<@Nullable Void> terminate(String backendId, TerminationKind kind) {
        return client().terminate(backendId, kind);
    }

    private JamsocketAsync client() {
        return open.get().client().async();
    }
}
