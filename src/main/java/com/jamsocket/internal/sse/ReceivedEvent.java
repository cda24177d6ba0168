package com.jamsocket.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.InboundSseEvent;
import java.lang.reflect.Type;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stream. Its data is text as WHATWG HTML defines it, and is read as {@link String} or {@code byte[]};
 * reading another type fails, for the stream does not pass through the entity providers of a JAX-RS client.
 *
 * @param id the id given with this very event, or null
 * @param name the type given with this event, or null
 * @param data the data lines, joined by line feeds
 * @param retry the reconnection time given with this event, or null
 */
record ReceivedEvent(@Nullable String id, @Nullable String name, String data, @Nullable Duration retry)
        implements Signal, InboundSseEvent {

    @Override
    public @Nullable String getId() {
        return id;
    }

    @Override
    public @Nullable String getName() {
        return name;
    }

    /** Always null: comments are keepalives here, and belong to no event. */
    @Override
    public @Nullable String getComment() {
        return null;
    }

    @Override
    public long getReconnectDelay() {
        return retry == null ? RECONNECT_NOT_SET : retry.toMillis();
    }

    @Override
    public boolean isReconnectDelaySet() {
        return retry != null;
    }

    @Override
    public boolean isEmpty() {
        return data.isEmpty();
    }

    @Override
    public String readData() {
        return data;
    }

    @Override
    public <T> T readData(Class<T> type) {
        if (type.isAssignableFrom(String.class)) {
            return type.cast(data);
        }
        if (type == byte[].class) {
            return type.cast(data.getBytes(UTF_8));
        }
        throw unreadable(type);
    }

    @Override
    @SuppressWarnings("unchecked") // the raw type of a GenericType<T> is that of T
    public <T> T readData(GenericType<T> type) {
        if (type.getType() != type.getRawType()) {
            throw unreadable(type.getType());
        }
        return (T) readData(type.getRawType());
    }

    @Override
    public <T> T readData(Class<T> type, MediaType mediaType) {
        return readData(type);
    }

    @Override
    public <T> T readData(GenericType<T> type, MediaType mediaType) {
        return readData(type);
    }

    /** Names the event without its data, which may hold what no log should. */
    @Override
    public String toString() {
        return "ReceivedEvent[id=%s, name=%s, data of %d characters]".formatted(id, name, data.length());
    }

    private static ProcessingException unreadable(Type type) {
        return new ProcessingException(
                "An event cannot be read as " + type.getTypeName() + ": read it as String or byte[] and convert that");
    }
}
