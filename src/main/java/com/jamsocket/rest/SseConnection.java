package com.jamsocket.rest;

import com.jamsocket.BackendState;
import com.jamsocket.internal.rest.Connection;
import com.jamsocket.internal.wire.StateMapping;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A browser, as Jakarta REST has it. The states come in the form of the JavaScript types, with the status as id. */
final class SseConnection implements Connection {

    private final SseEventSink sink;
    private final Sse sse;

    SseConnection(SseEventSink sink, Sse sse) {
        this.sink = sink;
        this.sse = sse;
    }

    @Override
    public CompletionStage<?> send(BackendState state) {
        OutboundSseEvent event = sse.newEventBuilder()
                .id(state.statusName())
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(String.class, StateMapping.text(state))
                .build();
        return sink.send(event);
    }

    @Override
    public CompletionStage<?> sendKeepalive() {
        return sink.send(sse.newEventBuilder().comment("keepalive").build());
    }

    /** An event of its own, which pages do not hear: of a comment Jersey leaves out the delay. */
    @Override
    public CompletionStage<?> sendAway() {
        OutboundSseEvent event = sse.newEventBuilder()
                .name("over")
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(String.class, "")
                .reconnectDelay(Duration.ofDays(1).toMillis())
                .build();
        return sink.send(event);
    }

    @Override
    public boolean isClosed() {
        return sink.isClosed();
    }

    @Override
    public void close() {
        // Jakarta REST 4 declares an IOException, 3 does not.
        AutoCloseable closeable = sink;
        try {
            closeable.close();
        } catch (Exception e) {
            // It was closed already.
        }
    }
}
