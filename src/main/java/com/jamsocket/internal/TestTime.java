package com.jamsocket.internal;

import java.net.http.HttpClient;
import java.util.concurrent.CompletableFuture;

/**
 * A time that a test moves, as a client takes part in it: it takes its delays from there, and says what it is doing,
 * for time must not move meanwhile. Safe for use by many threads.
 */
public interface TestTime {

    /** The time of one client. */
    ClosableTicker ticker();

    /** The same task, which is being done from now on until it has run. */
    Runnable tracked(String what, Runnable task);

    /** Says that this thread does something for its caller from now on. */
    Turn turn(String what);

    /** The same HTTP client for streams, of which it is seen how far they have been read. */
    HttpClient tracked(HttpClient client);

    /** What a thread does for its caller, but for the times at which it waits. */
    interface Turn extends AutoCloseable {

        /** Of a thread that nobody watches. */
        Turn UNSEEN = new Turn() {
            @Override
            public void waitsFor(CompletableFuture<?> result) {}

            @Override
            public void close() {}
        };

        /** The thread does nothing until this is done. */
        void waitsFor(CompletableFuture<?> result);

        /** The thread goes back to its caller. */
        @Override
        void close();
    }
}
