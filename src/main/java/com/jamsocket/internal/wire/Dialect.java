package com.jamsocket.internal.wire;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.TerminationKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one kind of server is spoken to: paths, bodies and answers. Immutable. */
public interface Dialect {

    /**
     * The call for a backend.
     *
     * @throws IllegalArgumentException if the request holds what this kind of server would not take
     */
    Call connect(ConnectRequest request);

    /** The call for a backend's present state. */
    Call status(String backendId);

    /** The call for a backend's event stream. */
    Call statusStream(String backendId);

    /** The call to end a backend. */
    Call terminate(String backendId, TerminationKind kind);

    /** Reads the body of an answer to {@link #connect(ConnectRequest)}. */
    default ConnectResponse connectResponse(byte[] body) {
        return ConnectResponseMapping.read(Json.readObject(body));
    }

    /** Reads the body of an answer to {@link #status(String)}. */
    default BackendState state(byte[] body) {
        return StateMapping.read(Json.readObject(body));
    }

    /** Reads the data of an event. */
    default BackendState state(String data) {
        return StateMapping.read(Json.readObject(data));
    }

    /** The cheapest call that tells whether the server lives. */
    Call ping();

    /**
     * Validates the answer to {@link #ping()}.
     *
     * @throws com.jamsocket.JamsocketException if the server is not well, or somebody else has answered
     */
    default void requirePong(Call ping, Reply reply, Instant now) {
        server().body(ping, reply, now);
    }

    /** The call for the state of the cluster that backends are started in; null where none is known. */
    default @Nullable Call clusterState() {
        return null;
    }

    /** Who answers, and so which errors are its own. */
    ServerKind server();

    /**
     * Whether a stream that is opened without the id of a last event begins with all that the backend has been through,
     * so that a state which was lost on the way can be had.
     */
    boolean replaysHistory();

    /** Whether a server of this kind may not know a backend yet that it has just given out. */
    boolean learnsOfBackendsLate();
}
