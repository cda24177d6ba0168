package com.jamsocket;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a client is doing at this moment: a snapshot for a page of an administrator, or a log. Immutable, and without
 * secrets. Its numbers are read one after the other, while the client goes on.
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

    /**
     * A failure, without its message.
     *
     * @param time when it was noticed
     * @param operation the method that was called, such as "connect", or "stream"
     * @param kind the simple name of the exception
     */
    public record Failure(Instant time, String operation, String kind) {}
}
