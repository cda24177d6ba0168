package com.jamsocket.internal.sse;

import jakarta.ws.rs.sse.InboundSseEvent;
import jakarta.ws.rs.sse.SseEventSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps back events without data, which is how some implementations hand out comments. */
record WithoutEmptyEvents(SseEventSource source) implements SseEventSource {

    @Override
    public void register(Consumer<InboundSseEvent> onEvent) {
        source.register(withData(onEvent));
    }

    @Override
    public void register(Consumer<InboundSseEvent> onEvent, Consumer<Throwable> onError) {
        source.register(withData(onEvent), onError);
    }

    @Override
    public void register(Consumer<InboundSseEvent> onEvent, Consumer<Throwable> onError, Runnable onComplete) {
        source.register(withData(onEvent), onError, onComplete);
    }

    private static Consumer<InboundSseEvent> withData(Consumer<InboundSseEvent> onEvent) {
        return event -> {
            // Not isEmpty: one of them says that a comment is not empty.
            String data = event.readData();
            if (data != null && !data.isEmpty()) {
                onEvent.accept(event);
            }
        };
    }

    @Override
    public void open() {
        source.open();
    }

    @Override
    public boolean isOpen() {
        return source.isOpen();
    }

    @Override
    public boolean close(long timeout, TimeUnit unit) {
        return source.close(timeout, unit);
    }

    @Override
    public void close() {
        source.close();
    }
}
