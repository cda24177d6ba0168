package com.jamsocket.internal.rest;

import com.jamsocket.StatusListener;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The status streams of a client that browsers watch: one for each backend, however many browsers watch it, opened for
 * the first and closed after the last. Safe for use by many threads; nothing here blocks.
 */
public final class SharedStreams {

    /**
     * So that the method of the request has returned: Quarkus REST, which goes on with the answer then, logs a failure
     * where that has ended. Other streams end after a question to the server at the earliest.
     */
    static final Duration PARTING = Duration.ofSeconds(1);

    private final Upstream upstream;
    private final Ticker ticker;
    private final Executor sends;

    /** Not those of sends, all of which may be held up by what only the end of a connection releases. */
    private final Executor ends;

    private final int limit;
    private final Map<String, SharedStream> streams = new HashMap<>();

    /** Opens the streams that are shared. */
    @FunctionalInterface
    public interface Upstream {
        /**
         * Opens a stream. Its listener is called one call at a time, and does not block.
         *
         * @return completes with what closes the stream; cancelling it gives the opening up
         * @throws IllegalStateException if the client is closed
         */
        CompletableFuture<Runnable> open(String backendId, StatusListener listener);
    }

    /** What has streams to share. */
    public interface Owner {
        /** Always the same. */
        SharedStreams sharedStreams();
    }

    /**
     * None is open. Sends run on threads with the context class loader of the one that makes this.
     *
     * @param limit how many backends may be watched at once; each takes a connection to the server
     */
    public SharedStreams(Upstream upstream, Ticker ticker, int limit) {
        this(
                upstream,
                ticker,
                new SendThreads("jamsocket-send", ticker),
                new SendThreads("jamsocket-close", ticker),
                limit);
    }

    SharedStreams(Upstream upstream, Ticker ticker, Executor sends, Executor ends, int limit) {
        this.upstream = upstream;
        this.ticker = ticker;
        this.sends = sends;
        this.ends = ends;
        this.limit = limit;
    }

    /**
     * Sends a backend's states to a browser, from the first to the last, and closes the connection then.
     *
     * @param lastEventId the status that the browser had last; null, or anything else, for none
     * @throws StreamLimitException if this would be one upstream stream too many
     */
    public void watch(String backendId, @Nullable String lastEventId, Connection connection) {
        Browser browser;
        boolean isFirst;
        SharedStream stream;
        synchronized (streams) {
            SharedStream open = streams.get(backendId);
            isFirst = open == null;
            if (isFirst && streams.size() >= limit) {
                throw new StreamLimitException(limit);
            }
            stream = open == null ? new SharedStream(backendId, this) : open;
            streams.put(backendId, stream);
            browser = new Browser(stream, connection, lastEventId, sends, ends, ticker);
            stream.add(browser);
        }
        browser.start();
        if (isFirst) {
            stream.open(upstream);
        }
    }

    /** Sends a browser away that has had the last state, and closes the connection {@link #PARTING} later. */
    public void dismiss(Connection connection) {
        Stages.whenDone(connection.sendAway(), (sent, failure) -> {
            try {
                var unused = ticker.after(PARTING, () -> ends.execute(connection::close));
            } catch (RejectedExecutionException e) {
                // The client is closed. Not on the thread of the send, as in Browser.
                ends.execute(connection::close);
            }
        });
    }

    /** How many streams are open. */
    public int size() {
        synchronized (streams) {
            return streams.size();
        }
    }

    void leave(SharedStream stream, Browser browser) {
        boolean wasLast;
        synchronized (streams) {
            wasLast = stream.remove(browser) && streams.remove(stream.backendId(), stream);
        }
        if (wasLast) {
            stream.close();
        }
    }

    /** Whoever comes from now on has another. */
    void ended(SharedStream stream) {
        synchronized (streams) {
            streams.remove(stream.backendId(), stream);
        }
    }
}
