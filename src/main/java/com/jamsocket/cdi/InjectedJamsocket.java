package com.jamsocket.cdi;

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
import jakarta.enterprise.inject.spi.CDI;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.Flow;

/**
 * What applications inject: a view of a client that belongs to {@link Clients}. It makes the client when it is first
 * used, and cannot close it.
 *
 * <p>Serializable, so that beans of passivating scopes can hold it: it comes back as a view of the client of the same
 * name in the container that reads it.
 */
final class InjectedJamsocket implements Jamsocket, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Clients clients;
    private final transient String name;

    InjectedJamsocket(Clients clients, String name) {
        this.clients = clients;
        this.name = name;
    }

    @Override
    public ConnectResponse connect(ConnectRequest request) {
        return client().connect(request);
    }

    @Override
    public BackendState status(String backendId) {
        return client().status(backendId);
    }

    @Override
    public StatusSubscription statusStream(String backendId, StatusListener listener) {
        return client().statusStream(backendId, listener);
    }

    @Override
    public Flow.Publisher<BackendState> statusPublisher(String backendId) {
        return client().statusPublisher(backendId);
    }

    @Override
    public BackendState.Ready awaitReady(String backendId, Duration timeout) {
        return client().awaitReady(backendId, timeout);
    }

    @Override
    public StreamEnd.Terminated awaitTerminated(String backendId, Duration timeout) {
        return client().awaitTerminated(backendId, timeout);
    }

    @Override
    public BackendHandle backend(ConnectRequest request, Duration limit) {
        return client().backend(request, limit);
    }

    @Override
    public void terminate(String backendId, TerminationKind kind) {
        client().terminate(backendId, kind);
    }

    @Override
    public Duration ping() {
        return client().ping();
    }

    @Override
    public ClientDiagnostics diagnostics() {
        return client().diagnostics();
    }

    @Override
    public JamsocketAsync async() {
        return client().async();
    }

    /** Does nothing: the client belongs to the container. */
    @Override
    public void close() {}

    /** Closes the client itself: for the container. */
    void release() {
        clients.release(name);
    }

    private Jamsocket client() {
        return clients.client(name).client();
    }

    @Override
    public String toString() {
        return name.equals(Clients.DEFAULT) ? "Jamsocket[injected]" : "Jamsocket[injected, name=" + name + "]";
    }

    @Serial
    private Object writeReplace() {
        return new Name(name);
    }

    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only its name is written");
    }

    private record Name(String name) implements Serializable {
        @Serial
        private Object readResolve() {
            return CDI.current().select(Clients.class).get().view(name);
        }
    }
}
