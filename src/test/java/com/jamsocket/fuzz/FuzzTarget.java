package com.jamsocket.fuzz;

import com.jamsocket.internal.RetryAfterFuzz;
import com.jamsocket.internal.config.SettingsFuzz;
import com.jamsocket.internal.dev.http.HttpRequestParserFuzz;
import com.jamsocket.internal.sse.EventStreamDecoderFuzz;
import com.jamsocket.internal.wire.DialectFuzz;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/** A reader of what others have written. It throws what is a fault of ours, and nothing else. */
enum FuzzTarget {
    DECODER(EventStreamDecoderFuzz.class, EventStreamDecoderFuzz::fuzzerTestOneInput),
    DIALECT(DialectFuzz.class, DialectFuzz::fuzzerTestOneInput),
    SETTINGS(SettingsFuzz.class, SettingsFuzz::fuzzerTestOneInput),
    RETRY_AFTER(RetryAfterFuzz.class, RetryAfterFuzz::fuzzerTestOneInput),
    HTTP_REQUEST(HttpRequestParserFuzz.class, HttpRequestParserFuzz::fuzzerTestOneInput);

    private static final Path CORPUS = Path.of("src/test/corpus");

    private final Class<?> type;
    private final Consumer<byte[]> reader;

    FuzzTarget(Class<?> type, Consumer<byte[]> reader) {
        this.type = type;
        this.reader = reader;
    }

    /** The class that Jazzer calls. */
    Class<?> type() {
        return type;
    }

    void read(byte[] input) {
        reader.accept(input);
    }

    String directory() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where its inputs are kept. */
    Path corpus() {
        return CORPUS.resolve(directory());
    }
}
