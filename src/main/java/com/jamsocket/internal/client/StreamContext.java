package com.jamsocket.internal.client;

import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.sse.HttpEventSource;
import com.jamsocket.internal.wire.Dialect;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the streams of a client share.
 *
 * @param dialect how the server is spoken to
 * @param settings how streams hold on
 * @param probe asks for the status
 * @param ticker time, chance and delays
 * @param sources makes the builder of the event source of a backend
 * @param whenEnded called with a stream that has ended
 */
record StreamContext(
        Dialect dialect,
        StreamSettings settings,
        StatusProbe probe,
        Ticker ticker,
        Function<String, HttpEventSource.Builder> sources,
        Consumer<StatusStream> whenEnded) {

    HttpEventSource.Builder source(String backendId) {
        return sources.apply(backendId);
    }

    void ended(StatusStream stream) {
        whenEnded.accept(stream);
    }
}
