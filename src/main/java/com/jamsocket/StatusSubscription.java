package com.jamsocket;

import java.util.concurrent.CompletionStage;

/** A running status stream. Safe for use by many threads. */
@DoNotImplement
public interface StatusSubscription extends AutoCloseable {

    /** The backend that is followed. */
    String backendId();

    /**
     * Completes when the stream has ended and {@link StatusListener#onEnd(StreamEnd)} has returned; never
     * exceptionally. The same for all who ask: it cannot be completed or cancelled by a caller.
     */
    CompletionStage<StreamEnd> end();

    /**
     * Ends the stream with {@link StreamEnd.Closed}, unless it has ended already. Returns at once, also while a
     * listener is running: no {@link StatusListener#onState(BackendState)} begins after that, and
     * {@link StatusListener#onEnd(StreamEnd)} follows the call that is running. May be called from the listener and any
     * number of times.
     */
    @Override
    void close();
}
