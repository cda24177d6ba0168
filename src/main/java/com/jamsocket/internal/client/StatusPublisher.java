package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import java.util.Objects;
import java.util.concurrent.Flow;

/** A status stream for each subscriber, from the moment it subscribes. */
final class StatusPublisher implements Flow.Publisher<BackendState> {

    private final String backendId;
    private final Streams streams;

    StatusPublisher(String backendId, Streams streams) {
        this.backendId = backendId;
        this.streams = streams;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super BackendState> subscriber) {
        PublishedStream stream =
                new PublishedStream(Objects.requireNonNull(subscriber, "subscriber"), streams.callbacks());
        stream.open(() -> streams.open(backendId, stream));
    }
}
