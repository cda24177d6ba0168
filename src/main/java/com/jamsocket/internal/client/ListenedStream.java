package com.jamsocket.internal.client;

import com.jamsocket.StatusSubscription;
import com.jamsocket.StreamEnd;
import java.util.concurrent.CompletionStage;

/**
 * A stream with the listener of an application behind it.
 *
 * @param stream the stream
 * @param listener the listener
 * @param end the end of the stream, once the listener has been told, for all who ask
 */
record ListenedStream(StatusStream stream, CallbackListener listener, CompletionStage<StreamEnd> end)
        implements StatusSubscription {

    @Override
    public String backendId() {
        return stream.backendId();
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
