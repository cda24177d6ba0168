package com.jamsocket.internal.client;

import com.jamsocket.BackendHandle;
import com.jamsocket.BackendState;
import com.jamsocket.ClientDiagnostics;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketAsync;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import com.jamsocket.internal.RecordMethods;
import java.time.Duration;
import java.util.concurrent.Flow;

/** The blocking view of a client, which owns it. */
final class DefaultJamsocket implements Jamsocket {

    private final Operations operations;
    private final JamsocketAsync async;
    private final String name;
    private final String server;
    private final Runnable afterwards;

    /**
     * A client.
     *
     * @param name what it is called; empty for nothing
     * @param server where it connects, without secrets
     * @param afterwards is run when it has been closed
     */
    DefaultJamsocket(Operations operations, String name, String server, Runnable afterwards) {
        this.operations = operations;
        this.async = new DefaultJamsocketAsync(operations);
        this.name = name;
        this.server = server;
        this.afterwards = afterwards;
        operations.hooks().made(this);
    }

    @Override
    public ConnectResponse connect(ConnectRequest request) {
        return operations.connect(request).run();
    }

    @Override
    public BackendState status(String backendId) {
        return operations.status(backendId).run();
    }

    @Override
    public StatusSubscription statusStream(String backendId, StatusListener listener) {
        return operations.statusStream(backendId, listener).run();
    }

    @Override
    public Flow.Publisher<BackendState> statusPublisher(String backendId) {
        return operations.statusPublisher(backendId);
    }

    @Override
    public BackendState.Ready awaitReady(String backendId, Duration timeout) {
        return operations.awaitReady(backendId, timeout).run();
    }

    @Override
    public StreamEnd.Terminated awaitTerminated(String backendId, Duration timeout) {
        return operations.awaitTerminated(backendId, timeout).run();
    }

    @Override
    public BackendHandle backend(ConnectRequest request, Duration limit) {
        return operations.backend(request, limit);
    }

    @Override
    public void terminate(String backendId, TerminationKind kind) {
        operations.terminate(backendId, kind).run();
    }

    @Override
    public Duration ping() {
        return operations.ping().run();
    }

    @Override
    public ClientDiagnostics diagnostics() {
        return operations.diagnostics(name, server);
    }

    @Override
    public JamsocketAsync async() {
        return async;
    }

    @Override
    public void close() {
        operations.close();
        afterwards.run();
        RecordMethods.forgetLast();
    }

    @Override
    public String toString() {
        return "Jamsocket[" + (name.isEmpty() ? "" : name + " at ") + server + "]";
    }
}
