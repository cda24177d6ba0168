package com.jamsocket.internal.dev.time;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The streams of clients in this JVM, by the name that goes along with each request. */
final class Streams {

    private final Activity activity;
    private final Map<String, Stream> streams = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();

    Streams(Activity activity) {
        this.activity = activity;
    }

    /** A stream and its name. */
    record Named(String name, Stream stream) {}

    Named open(String what) {
        String name = String.valueOf(count.incrementAndGet());
        Stream stream = activity.stream(what);
        streams.values().removeIf(Stream::isOver);
        streams.put(name, stream);
        return new Named(name, stream);
    }

    @Nullable
    Stream find(String name) {
        return streams.get(name);
    }
}
