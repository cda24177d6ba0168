package com.jamsocket.dev;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.internal.dev.api.DevServer;
import com.jamsocket.internal.dev.cluster.Backend;
import com.jamsocket.internal.dev.cluster.LogRing;
import java.util.List;
import java.util.Objects;

/**
 * One backend of a {@link JamsocketDevServer}, for a test to steer. All methods may be called by any thread. The
 * backend
 * may be forgotten by its server; it is still told what it was.
 */
public final class DevBackend {

    private final DevServer server;
    private final Backend backend;

    DevBackend(DevServer server, Backend backend) {
        this.server = server;
        this.backend = backend;
    }

    /** Its id. */
    public String id() {
        return backend.id();
    }

    /** What is known of it now. */
    public BackendSnapshot snapshot() {
        return server.read(cluster -> BackendSnapshot.of(backend));
    }

    /** The present state. */
    public BackendState state() {
        return snapshot().state();
    }

    /**
     * Moves it on to this status, over all that come before in a backend's life, each at this moment. What runs in it
     * does not notice, unless it is the end: then it is killed.
     *
     * @return whether it moved: not to a status that it has already been at, or beyond
     * @throws IllegalArgumentException for {@link BackendStatus#UNKNOWN}
     */
    public boolean advanceTo(BackendStatus status) {
        if (Objects.requireNonNull(status, "status") == BackendStatus.UNKNOWN) {
            throw new IllegalArgumentException("no status to advance to: " + status);
        }
        return server.read(cluster -> cluster.advance(backend, status));
    }

    /**
     * Moves it to this state.
     *
     * @return whether it moved: not to a state that is not further on
     */
    public boolean advanceTo(BackendState state) {
        Objects.requireNonNull(state, "state");
        return server.read(cluster -> cluster.move(backend, state));
    }

    /**
     * Ends it as if it had ended by itself: what runs in it is killed. It is terminated without a reason, and with an
     * error unless the exit code is 0.
     *
     * @param exitCode what it is said to have ended with: 137 after a kill
     */
    public void crash(int exitCode) {
        server.change(cluster -> cluster.crash(backend, exitCode));
    }

    /** Adds a line to its log. */
    public void log(String line) {
        Objects.requireNonNull(line, "line");
        server.change(cluster -> cluster.log(backend, line));
    }

    /** Its last log lines, oldest first: a thousand at most, a hundred when it has ended. */
    public List<String> logLines() {
        return backend.log().lines().stream().map(LogRing.Line::text).toList();
    }

    /** Shows the id. */
    @Override
    public String toString() {
        return "DevBackend[" + id() + "]";
    }
}
