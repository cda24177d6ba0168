package com.jamsocket.internal.client;

import com.jamsocket.internal.Ticker;
import com.jamsocket.internal.wire.Dialect;
import java.util.function.Consumer;

/**
 * What the streams of a client share.
 *
 * @param dialect how the server is spoken to
 * @param settings what is set for the client
 * @param probe asks for the status
 * @param openings bounds how many are opened at once
 * @param ticker time, chance and delays
 * @param whenEnded called with a stream that has ended
 */
record StreamContext(
        Dialect dialect,
        ClientSettings settings,
        StatusProbe probe,
        Openings openings,
        Ticker ticker,
        Consumer<StatusStream> whenEnded) {

    void ended(StatusStream stream) {
        whenEnded.accept(stream);
    }
}
