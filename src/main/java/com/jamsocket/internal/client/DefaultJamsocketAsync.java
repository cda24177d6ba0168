package com.jamsocket.internal.client;

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
import org.jspecify.annotations.Nullable;

/** The non-blocking view of a client. */
final class DefaultJamsocketAsync implements JamsocketAsync {

    private final Core core;

    DefaultJamsocketAsync(Core core) {
        this.core = core;
    }

    @Override
    public CompletionStage<ConnectResponse> connect(ConnectRequest request) {
        Duration limit = request.waitForEnding();
        return limit == null ? core.start(core.connect(request)) : core.connectAfterEnding(request, limit);
    }

    @Override
    public CompletionStage<BackendState> status(String backendId) {
        return core.start(core.status(backendId));
    }

    @Override
    public CompletionStage<StatusSubscription> statusStream(String backendId, StatusListener listener) {
        return core.statusStream(backendId, listener);
    }

    @Override
    public CompletionStage<BackendState.Ready> awaitReady(String backendId, Duration timeout) {
        return core.awaitReady(backendId, timeout);
    }

    @Override
    public CompletionStage<StreamEnd.Terminated> awaitTerminated(String backendId, Duration timeout) {
        return core.awaitTerminated(backendId, timeout);
    }

    @Override
    public CompletionStage<@Nullable Void> terminate(String backendId, TerminationKind kind) {
        return core.start(core.terminate(backendId, kind));
    }
}
