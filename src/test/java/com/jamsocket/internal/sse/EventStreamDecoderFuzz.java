package com.jamsocket.internal.sse;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Any bytes are read as an event stream, and give the same however they are cut. */
public final class EventStreamDecoderFuzz {

    private static final int LIMIT = 64;

    private EventStreamDecoderFuzz() {}

    public static void fuzzerTestOneInput(byte[] stream) {
        List<Object> whole = decode(stream, Math.max(1, stream.length));
        List<Object> cut = decode(stream, 1);
        if (!whole.equals(cut)) {
            throw new AssertionError("as a whole " + whole + ", byte by byte " + cut);
        }
    }

    /** The signals, and in the end the last id, or that an event was too long. */
    private static List<Object> decode(byte[] stream, int step) {
        EventStreamDecoder decoder = new EventStreamDecoder(LIMIT, "");
        List<Object> read = new ArrayList<>();
        try {
            for (int at = 0; at < stream.length; at += step) {
                ByteBuffer chunk = ByteBuffer.wrap(stream, at, Math.min(step, stream.length - at));
                for (Signal signal = decoder.next(chunk); signal != null; signal = decoder.next(chunk)) {
                    read.add(signal);
                }
            }
            read.add(decoder.lastEventId());
        } catch (EventTooLongException tooLong) {
            read.add("too long");
        }
        return read;
    }
}
