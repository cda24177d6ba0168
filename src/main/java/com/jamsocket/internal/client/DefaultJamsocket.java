package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketAsync;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import java.time.Duration;
import java.util.concurrent.Flow;

/** The blocking view of a client, which owns it. */
final class DefaultJamsocket implements Jamsocket {

    private final Core core;
    private final JamsocketAsync async;
    private final Runnable afterwards;

    /** A client that does something more when it has been closed. */
    DefaultJamsocket(Core core, Runnable afterwards) {
        this.core = core;
        this.async = new DefaultJamsocketAsync(core);
        this.afterwards = afterwards;
    }

    @Override
    public ConnectResponse connect(ConnectRequest request) {
        Duration limit = request.waitForEnding();
        return limit == null ? core.run(core.connect(request)) : Failures.join(core.connectAfterEnding(request, limit));
    }

    @Override
    public BackendState status(String backendId) {
        return core.run(core.status(backendId));
    }

    @Override
    public StatusSubscription statusStream(String backendId, StatusListener listener) {
        return Failures.join(core.statusStream(backendId, listener));
    }

    @Override
    public Flow.Publisher<BackendState> statusPublisher(String backendId) {
        return core.statusPublisher(backendId);
    }

    @Override
    public BackendState.Ready awaitReady(String backendId, Duration timeout) {
        return Failures.join(core.awaitReady(backendId, timeout));
    }

    @Override
    public StreamEnd.Terminated awaitTerminated(String backendId, Duration timeout) {
        return Failures.join(core.awaitTerminated(backendId, timeout));
    }

    @Override
    public void terminate(String backendId, TerminationKind kind) {
        core.run(core.terminate(backendId, kind));
    }

    @Override
    public JamsocketAsync async() {
        return async;
    }

    @Override
    public void close() {
        core.close();
        afterwards.run();
    }
}
