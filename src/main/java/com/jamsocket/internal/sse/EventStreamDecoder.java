package com.jamsocket.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes signals of the bytes of one event stream, however they are cut (WHATWG HTML, server-sent events).
 *
 * <p>It pulls: {@link #next} reads from a buffer up to the end of the first signal in it and leaves the rest. A line
 * that is whole within the buffer is decoded in place; only the start of a line whose end has yet to arrive is kept.
 * Lines and events over the limit are refused, so memory stays bounded whatever the server sends. An event without its
 * blank line is never given out, and neither is its id: ending the stream is nothing to tell the decoder.
 *
 * <p>One instance decodes one connection, and is not safe for use by several threads at a time.
 */
final class EventStreamDecoder {
    private static final byte LF = '\n';
    private static final byte CR = '\r';
    private static final int LONGEST_FIELD_NAME = 5;
    private static final int LONGEST_RETRY = 18;

    private final int limit;

    private final Bytes lineStart = new Bytes();
    private boolean firstLine = true;
    private boolean afterCarriageReturn;

    private final Bytes data = new Bytes();
    private @Nullable String id;
    private @Nullable String name;
    private @Nullable Duration retry;
    private String lastEventId;

    EventStreamDecoder(int limit, String lastEventId) {
        this.limit = limit;
        this.lastEventId = lastEventId;
    }

    /** The id of the last event that was complete, empty if there was none. */
    String lastEventId() {
        return lastEventId;
    }

    /** The next signal in {@code bytes}, or null when all of them are read and more are needed. */
    @Nullable
    Signal next(ByteBuffer bytes) throws EventTooLongException {
        for (ByteBuffer line = nextLine(bytes); line != null; line = nextLine(bytes)) {
            Signal signal = line.hasRemaining() ? field(line) : dispatch();
            if (signal != null) {
                return signal;
            }
        }
        return null;
    }

    private @Nullable ByteBuffer nextLine(ByteBuffer bytes) throws EventTooLongException {
        skipRestOfLineEnd(bytes);
        int start = bytes.position();
        int end = indexOfLineEnd(bytes);
        int length = end - start;
        require(lineStart.length() + length <= limit);
        boolean complete = end < bytes.limit();
        if (!complete || !lineStart.isEmpty()) {
            lineStart.append(bytes, start, length);
        }
        if (!complete) {
            bytes.position(end);
            return null;
        }
        afterCarriageReturn = bytes.get(end) == CR;
        bytes.position(end + 1);
        return withoutByteOrderMark(lineStart.isEmpty() ? bytes.slice(start, length) : lineStart.take());
    }

    /** A CR ends its line at once, for nothing may follow it for long; the LF of a CRLF is dropped when it comes. */
    private void skipRestOfLineEnd(ByteBuffer bytes) {
        if (afterCarriageReturn && bytes.hasRemaining()) {
            afterCarriageReturn = false;
            if (bytes.get(bytes.position()) == LF) {
                bytes.get();
            }
        }
    }

    private static int indexOfLineEnd(ByteBuffer bytes) {
        int index = bytes.position();
        while (index < bytes.limit() && bytes.get(index) != LF && bytes.get(index) != CR) {
            index++;
        }
        return index;
    }

    private ByteBuffer withoutByteOrderMark(ByteBuffer line) {
        if (firstLine
                && line.remaining() >= 3
                && line.get(0) == (byte) 0xEF
                && line.get(1) == (byte) 0xBB
                && line.get(2) == (byte) 0xBF) {
            line.position(3);
        }
        firstLine = false;
        return line;
    }

    private @Nullable Signal field(ByteBuffer line) throws EventTooLongException {
        int start = line.position();
        int colon = start;
        while (colon < line.limit() && line.get(colon) != ':') {
            colon++;
        }
        if (colon == start) {
            return new Signal.Comment();
        }
        String field = colon - start > LONGEST_FIELD_NAME ? "" : text(line, start, colon);
        line.position(Math.min(colon + 1, line.limit()));
        if (line.hasRemaining() && line.get(line.position()) == ' ') {
            line.get();
        }
        return switch (field) {
            case "data" -> data(line);
            case "event" -> name(text(line));
            case "id" -> id(text(line));
            case "retry" -> retry(text(line));
            default -> null;
        };
    }

    private @Nullable Signal data(ByteBuffer value) throws EventTooLongException {
        require(data.length() + value.remaining() <= limit);
        data.append(value, value.position(), value.remaining());
        data.append(LF);
        return null;
    }

    private @Nullable Signal name(String value) {
        name = value.isEmpty() ? null : value;
        return null;
    }

    private @Nullable Signal id(String value) {
        if (value.indexOf('\0') < 0) {
            id = value;
        }
        return null;
    }

    private @Nullable Signal retry(String value) {
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        retry = Duration.ofMillis(value.length() > LONGEST_RETRY ? Long.MAX_VALUE : Long.parseLong(value));
        return new Signal.Retry(retry);
    }

    private @Nullable Signal dispatch() {
        if (id != null) {
            lastEventId = id;
        }
        // The last line feed joins nothing; without any data line there is no event.
        Signal event = data.isEmpty() ? null : new ReceivedEvent(id, name, data.takeText(data.length() - 1), retry);
        id = null;
        name = null;
        retry = null;
        return event;
    }

    private void require(boolean withinLimit) throws EventTooLongException {
        if (!withinLimit) {
            throw new EventTooLongException(limit);
        }
    }

    private static String text(ByteBuffer bytes) {
        return text(bytes, bytes.position(), bytes.limit());
    }

    private static String text(ByteBuffer bytes, int start, int end) {
        return UTF_8.decode(bytes.slice(start, end - start)).toString();
    }
}
