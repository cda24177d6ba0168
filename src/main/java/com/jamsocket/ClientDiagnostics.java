package com.jamsocket;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client is doing at this moment: a snapshot for a page of an administrator, or a log. Immutable, and without
 * secrets. Its numbers are read one after the other, while the client goes on.
 *
 * <p>The record may gain components: make it with {@link #builder(String)}.
 *
 * @param name the name of the client; empty if it has none
 * @param server where it connects: scheme, host and port
 * @param version the version of this library; "unknown" where it runs from something else than its jar
 * @param isClosed whether it has been closed
 * @param activeCalls calls that have begun and not ended, blocking and non-blocking, between two attempts too
 * @param waitingCallers threads that have waited for over a second in a blocking call
 * @param runningAsyncCalls calls of {@link Jamsocket#async()} that are under way, with one attempt each
 * @param queuedAsyncCalls calls of {@link Jamsocket#async()} that wait for their turn
 * @param openStreams status streams that have not ended: those of listeners, publishers, browsers, waits and following
 * @param connectedStreams those of them whose connection stands; the others connect, or wait before they do
 * @param followedBackends backends that are followed for observers; 0 for a client that is not injected
 * @param lastFailure the last failure of a call, or of the connection of a stream; null if there was none
 */
public record ClientDiagnostics(
        String name,
        String server,
        String version,
        boolean isClosed,
        int activeCalls,
        int waitingCallers,
        int runningAsyncCalls,
        int queuedAsyncCalls,
        int openStreams,
        int connectedStreams,
        int followedBackends,
        @Nullable Failure lastFailure) {

    /** Validates that what is required is not null. */
    public ClientDiagnostics {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(version, "version");
    }

    /** A builder of what a client of this server does. */
    public static Builder builder(String server) {
        return new Builder(server);
    }

    /** A builder with everything of this one. */
    public Builder toBuilder() {
        return builder(server)
                .name(name)
                .version(version)
                .closed(isClosed)
                .activeCalls(activeCalls)
                .waitingCallers(waitingCallers)
                .runningAsyncCalls(runningAsyncCalls)
                .queuedAsyncCalls(queuedAsyncCalls)
                .openStreams(openStreams)
                .connectedStreams(connectedStreams)
                .followedBackends(followedBackends)
                .lastFailure(lastFailure);
    }

    /**
     * A failure, without its message. The record may gain components: make it with {@link #of}.
     *
     * @param time when it was noticed
     * @param operation the method that was called, such as "connect", or "stream"
     * @param kind the simple name of the exception
     */
    public record Failure(Instant time, String operation, String kind) {
        /** Validates that nothing is null. */
        public Failure {
            Objects.requireNonNull(time, "time");
            Objects.requireNonNull(operation, "operation");
            Objects.requireNonNull(kind, "kind");
        }

        /** A failure of this kind. */
        public static Failure of(Instant time, String operation, String kind) {
            return new Failure(time, operation, kind);
        }
    }

    /**
     * Builds {@link ClientDiagnostics}; not safe for use by several threads at once. Defaults: no name, an unknown
     * version, open, and nothing under way.
     */
    public static final class Builder {

        private final String server;
        private String name = "";
        private String version = "unknown";
        private boolean closed;
        private int activeCalls;
        private int waitingCallers;
        private int runningAsyncCalls;
        private int queuedAsyncCalls;
        private int openStreams;
        private int connectedStreams;
        private int followedBackends;
        private @Nullable Failure lastFailure;

        private Builder(String server) {
            this.server = server;
        }

        /** The name of the client. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** The version of this library. */
        public Builder version(String version) {
            this.version = version;
            return this;
        }

        /** Whether it has been closed. */
        public Builder closed(boolean closed) {
            this.closed = closed;
            return this;
        }

        /** Calls that have begun and not ended. */
        public Builder activeCalls(int activeCalls) {
            this.activeCalls = activeCalls;
            return this;
        }

        /** Threads that have waited for over a second in a blocking call. */
        public Builder waitingCallers(int waitingCallers) {
            this.waitingCallers = waitingCallers;
            return this;
        }

        /** Non-blocking calls that are under way. */
        public Builder runningAsyncCalls(int runningAsyncCalls) {
            this.runningAsyncCalls = runningAsyncCalls;
            return this;
        }

        /** Non-blocking calls that wait for their turn. */
        public Builder queuedAsyncCalls(int queuedAsyncCalls) {
            this.queuedAsyncCalls = queuedAsyncCalls;
            return this;
        }

        /** Status streams that have not ended. */
        public Builder openStreams(int openStreams) {
            this.openStreams = openStreams;
            return this;
        }

        /** Status streams whose connection stands. */
        public Builder connectedStreams(int connectedStreams) {
            this.connectedStreams = connectedStreams;
            return this;
        }

        /** Backends that are followed for observers. */
        public Builder followedBackends(int followedBackends) {
            this.followedBackends = followedBackends;
            return this;
        }

        /** The last failure, or null. */
        public Builder lastFailure(@Nullable Failure lastFailure) {
            this.lastFailure = lastFailure;
            return this;
        }

        /** What the client does. */
        public ClientDiagnostics build() {
            return new ClientDiagnostics(
                    name,
                    server,
                    version,
                    closed,
                    activeCalls,
                    waitingCallers,
                    runningAsyncCalls,
                    queuedAsyncCalls,
                    openStreams,
                    connectedStreams,
                    followedBackends,
                    lastFailure);
        }
    }
}
