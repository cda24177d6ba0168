package com.jamsocket.internal.http;

import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.Reply;
import jakarta.ws.rs.client.WebTarget;
import java.net.http.HttpClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Carries calls to the server and its replies back; one attempt each, whatever the reply says, but for a second one
 * with credentials that are read again after a 401.
 */
public interface Transport extends AutoCloseable {

    /** Runs the requests of a call that follow an answer: a redirect, or a 401 with credentials to read again. */
    @FunctionalInterface
    interface FollowUps {

        /** They run on the same thread. */
        FollowUps HERE = Supplier::get;

        /** Runs them, which blocks; what they throw is thrown. */
        Reply run(Supplier<Reply> requests);
    }

    /** Whether a call holds the thread that waits for its reply, which cannot leave a request. Others it can leave. */
    boolean needsThread(Call call);

    /**
     * Sends a call and waits for its reply, on this thread.
     *
     * @param followUps runs all requests but the first, so that it is one alone that this thread cannot leave
     * @throws com.jamsocket.JamsocketConnectionException if there is none
     * @throws com.jamsocket.JamsocketInterruptedException if the thread is interrupted, where the HTTP client notices
     *     it
     * @throws IllegalStateException if this is closed
     */
    Reply send(Call call, FollowUps followUps);

    /**
     * Sends a call, with no thread that waits for its reply. Fails with what {@link #send} throws; completing it
     * otherwise gives the call up.
     *
     * @param filterExecutor runs the request filters, where there are any; else it may be any that does not block
     */
    CompletableFuture<Reply> sendAsync(Call call, Executor filterExecutor);

    /** Whether request filters of the application run with each call, which may block. */
    boolean hasFilters();

    /** Counts how often what the application supplies, tokens and headers, has been read. */
    int credentials();

    /**
     * Has it read again, after a refusal of what was read before. Does not block.
     *
     * @return whether anything is supplied
     */
    boolean renewCredentials(int refused);

    /** Where a call goes, with all that the application put into the client, for an event source to open. */
    WebTarget target(Call call);

    /** The HTTP client that event sources share. */
    HttpClient streams();

    @Override
    void close();
}
