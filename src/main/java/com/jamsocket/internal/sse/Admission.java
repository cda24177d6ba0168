package com.jamsocket.internal.sse;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Admits the connections of sources: so many at a time, for example, or none while there is no server. */
@FunctionalInterface
public interface Admission {

    /** Admits every connection at once. */
    Admission FREE = lost -> CompletableFuture.completedFuture(new Turn() {
        @Override
        public void concluded(@Nullable Throwable failure) {}

        @Override
        public void close() {}
    });

    /**
     * Asked before each connection. If the future fails, this attempt has failed with its exception, and the next one
     * is due after the next delay. Cancelled when no connection is wanted any more. The call must not block.
     *
     * @param lost whether a connection was lost before; not so for the first one, and for one that begins anew
     */
    CompletableFuture<Turn> admit(boolean lost);

    /** What was admitted. Its methods may be called by any thread, do not block, and do nothing once it is closed. */
    interface Turn extends AutoCloseable {

        /**
         * Tells what came of a request.
         *
         * @param failure null if the server has answered, whatever it said
         */
        void concluded(@Nullable Throwable failure);

        /** Ends the turn: the head of a stream is there, or the attempt was given up. */
        @Override
        void close();
    }
}
