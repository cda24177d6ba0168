package com.jamsocket.internal.client;

import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A stream with the listener of an application behind it.
 *
 * @param stream the stream
 * @param listener the listener
 * @param callbacks runs what depends on that
 */
record ListenedStream(StatusStream stream, CallbackListener listener, Executor callbacks)
        implements StatusSubscription {

    @Override
    public String backendId() {
        return stream.backendId();
    }

    /** A stage of its own for each caller: completing it is nobody else's business. */
    @Override
    public CompletionStage<StreamEnd> end() {
        return CallbackStage.of(listener.end().copy(), callbacks);
    }

    @Override
    public void close() {
        listener.close();
        stream.close();
    }

    @Override
    public String toString() {
        return "StatusSubscription[" + backendId() + "]";
    }
}
