package com.jamsocket;

import jakarta.ws.rs.client.WebTarget;
import java.net.URI;

/**
 * The way of an application's own code to a backend: requests and WebSockets that go to the backend of a key, whichever
 * process that is. Made by {@link Jamsocket#backend(ConnectRequest)}, which connects to nothing; the first use does,
 * and waits until the backend is ready. When that backend has ended, the next use connects again.
 *
 * <p>Safe for use by many threads, which share one connection. It costs nothing while it is not used, and no thread.
 */
@DoNotImplement
public interface BackendHandle extends AutoCloseable {

    /**
     * The present connection, of a backend that was ready when it was made. Connects if there is none, and waits until
     * the backend is ready; what ends meanwhile is replaced once.
     *
     * @throws JamsocketTimeoutException if the backend is not ready within the time limit of this handle
     * @throws BackendEndedException if the backend ends before it is ready
     * @throws JamsocketException as {@link Jamsocket#connect(ConnectRequest)}, also if that has no answer within the
     *     time limit of this handle
     * @throws IllegalStateException if this handle or its client is closed
     */
    ConnectResponse connection();

    /**
     * Requests to the backend with the platform's Jakarta REST client, below the connection URL:
     * {@code target().path("export")}. Always the same, so that filters and providers which are registered on it hold
     * for all requests, whichever backend they go to. Those of the client, its token and its headers are for the
     * server, and backends do not get them. The time limits are those of the client; redirects are not followed where
     * the platform lets that be chosen.
     *
     * <p>A request connects as {@link #connection()} does; what that throws is the cause of the
     * {@link jakarta.ws.rs.ProcessingException}. An answer 410 of the proxy, and 404 or 502 if the backend has ended,
     * has the next request connect again; whether it has ended, the server is asked once, for 2 s at most. The request
     * itself is sent again, once, if it is idempotent ({@code GET}, {@code HEAD}, {@code OPTIONS}, {@code PUT},
     * {@code DELETE}) and its entity is not a stream; any other gets that answer.
     *
     * <p>The connection URL is a credential: the address of this target is another, which filters see too. Of the
     * platforms' clients, CXF's puts the one that it connects to into the messages of its exceptions: do not show them.
     *
     * @throws IllegalStateException if this handle or its client is closed
     */
    WebTarget target();

    /**
     * The address of a WebSocket inside the backend, for a Jakarta WebSocket client, as
     * {@link ConnectResponse#webSocketUrl(String)} of {@link #connection()}. It is a credential. Ask for it anew to
     * open a WebSocket again, after {@link #reconnect()} if the backend has refused it.
     */
    URI webSocketUrl(String path);

    /** Gives the present connection up: the next use connects again. For when a WebSocket was refused, or has ended. */
    void reconnect();

    /** Ends the use of this handle. The backend runs on. Further calls change nothing. */
    @Override
    void close();
}
