package com.jamsocket.internal.client;

import com.jamsocket.BackendState;
import java.util.Objects;
import java.util.concurrent.Flow;

/** A status stream for each subscriber, from the moment it subscribes. */
final class StatusPublisher implements Flow.Publisher<BackendState> {

    private final String backendId;
    private final Streams streams;
    private final Pending pending;

    StatusPublisher(String backendId, Streams streams, Pending pending) {
        this.backendId = backendId;
        this.streams = streams;
        this.pending = pending;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super BackendState> subscriber) {
        PublishedStream stream =
                new PublishedStream(Objects.requireNonNull(subscriber, "subscriber"), streams.callbacks());
        stream.open(subscriber, () -> pending.add(streams.open(backendId, stream)));
    }
}
