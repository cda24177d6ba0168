package com.jamsocket.internal.http;

import com.jamsocket.internal.wire.Secrets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What requests carry of the application: the token, where it is needed, and headers. What the application supplies is
 * read when it is first needed, by one thread for all, and again when the server has refused it.
 */
public final class Credentials {

    private final @Nullable Value token;
    private final Map<String, Value> headers;

    /** Counts the readings: a value of an earlier one was refused. */
    private final AtomicInteger generation = new AtomicInteger();

    /**
     * Values, each with whether it is supplied.
     *
     * @param token the token; null for none
     * @param headers the headers by name
     */
    private Credentials(@Nullable Value token, Map<String, Value> headers) {
        this.token = token;
        this.headers = headers;
    }

    /** Those which do not change. */
    public static Credentials of(@Nullable String token, Map<String, String> headers) {
        return of(token == null ? null : new Value.Fixed(token), headers, Map.of());
    }

    /**
     * Those of both kinds.
     *
     * @param supplied asked for what they are named; what they throw fails the request
     */
    public static Credentials of(
            @Nullable Value token, Map<String, String> headers, Map<String, Supplier<String>> supplied) {
        Map<String, Value> values = new LinkedHashMap<>();
        headers.forEach((name, text) -> values.put(name, new Value.Fixed(text)));
        supplied.forEach((name, source) -> values.put(name, new Value.Supplied(source)));
        return new Credentials(token, Map.copyOf(values));
    }

    /** Whether the application supplies any, which may block. */
    boolean areSupplied() {
        return values().anyMatch(Value.Supplied.class::isInstance);
    }

    /** The token; null for none. */
    @Nullable
    String token() {
        return token == null ? null : token.read(generation.get());
    }

    /** Hands out the headers. */
    void forEachHeader(BiConsumer<String, String> action) {
        headers.forEach((name, value) -> action.accept(name, value.read(generation.get())));
    }

    /** Has no text show them until {@link #release}: those which do not change, and others as they are read. */
    void use() {
        values().forEach(Value::use);
    }

    /** The client that used them is closed. */
    void release() {
        values().forEach(Value::release);
    }

    private Stream<Value> values() {
        return Stream.concat(Stream.ofNullable(token), headers.values().stream());
    }

    /** Which reading is the present one. */
    int generation() {
        return generation.get();
    }

    /**
     * Has what is supplied read again, since it was refused; once for all requests of a generation. Does not block.
     *
     * @return whether there is anything to be read again
     */
    boolean renew(int refused) {
        boolean supplied = areSupplied();
        if (supplied) {
            generation.compareAndSet(refused, refused + 1);
        }
        return supplied;
    }

    /** Shows no values, which may be secrets. */
    @Override
    public String toString() {
        return "Credentials" + headers.keySet();
    }

    /** A value of a request. */
    public sealed interface Value {

        /** The text, of this reading. */
        String read(int generation);

        /** A client is made that has it; nothing was read before. */
        void use();

        /** The other end of {@link #use}. */
        void release();

        /** One that does not change. */
        record Fixed(String text) implements Value {

            @Override
            public String read(int generation) {
                return text;
            }

            @Override
            public void use() {
                Secrets.sent(List.of(text));
            }

            @Override
            public void release() {
                Secrets.released(List.of(text));
            }

            @Override
            public String toString() {
                return "Fixed";
            }
        }

        /** One that the application supplies. */
        final class Supplied implements Value {

            private record Known(int generation, String text) {}

            private final Supplier<String> source;
            private final ReentrantLock reading = new ReentrantLock();
            private volatile @Nullable Known known;
            private boolean used;

            /** From this source. */
            public Supplied(Supplier<String> source) {
                this.source = Objects.requireNonNull(source, "source");
            }

            @Override
            public String read(int generation) {
                Known last = known;
                return last != null && last.generation() >= generation ? last.text() : readAgain(generation);
            }

            private String readAgain(int generation) {
                reading.lock();
                try {
                    Known last = known;
                    if (last == null || last.generation() < generation) {
                        last = new Known(generation, source.get());
                        keep(last);
                    }
                    return last.text();
                } finally {
                    reading.unlock();
                }
            }

            private synchronized void keep(Known next) {
                if (used) {
                    Secrets.sent(List.of(next.text()));
                    releaseKnown();
                }
                if (known != null) {
                    // An answer that is under way may quote it yet.
                    Secrets.received(known.text());
                }
                known = next;
            }

            private void releaseKnown() {
                if (known != null) {
                    Secrets.released(List.of(known.text()));
                }
            }

            @Override
            public synchronized void use() {
                used = true;
            }

            /** Not under the lock of a reading, which may block. */
            @Override
            public synchronized void release() {
                if (used) {
                    used = false;
                    releaseKnown();
                }
            }
        }
    }
}
