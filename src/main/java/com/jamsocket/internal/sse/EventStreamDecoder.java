package com.jamsocket.internal.sse;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes signals of the bytes of one event stream, however they are cut (WHATWG HTML, server-sent events).
 *
 * <p>It pulls: {@link #next} reads from a buffer up to the end of the first signal in it and leaves the rest. It makes
 * no object but what it gives out: a line is copied to where the start of one is kept whose end has yet to arrive.
 * Lines and events over the limit are refused, so memory stays bounded whatever the server sends. An event without its
 * blank line is never given out, and neither is its id: ending the stream is nothing to tell the decoder.
 *
 * <p>One instance decodes one connection, and is not safe for use by several threads at a time.
 */
final class EventStreamDecoder {
    private static final byte LF = '\n';
    private static final byte CR = '\r';
    private static final int LONGEST_RETRY = 18;

    private final int limit;

    private final Bytes line = new Bytes();
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
        while (readLine(bytes)) {
            int start = afterByteOrderMark();
            Signal signal = start < line.length() ? field(start) : dispatch();
            line.clear();
            if (signal != null) {
                return signal;
            }
        }
        return null;
    }

    /** Takes bytes up to the end of the line; whether it has come. */
    private boolean readLine(ByteBuffer bytes) throws EventTooLongException {
        skipRestOfLineEnd(bytes);
        int start = bytes.position();
        int end = indexOfLineEnd(bytes);
        require(line.length() + end - start <= limit);
        line.append(bytes, start, end - start);
        if (end == bytes.limit()) {
            bytes.position(end);
            return false;
        }
        afterCarriageReturn = bytes.get(end) == CR;
        bytes.position(end + 1);
        return true;
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

    private int afterByteOrderMark() {
        boolean marked = firstLine
                && line.length() >= 3
                && line.get(0) == (byte) 0xEF
                && line.get(1) == (byte) 0xBB
                && line.get(2) == (byte) 0xBF;
        firstLine = false;
        return marked ? 3 : 0;
    }

    private @Nullable Signal field(int start) throws EventTooLongException {
        int colon = start;
        while (colon < line.length() && line.get(colon) != ':') {
            colon++;
        }
        if (colon == start) {
            return new Signal.Comment();
        }
        int value = Math.min(colon + 1, line.length());
        if (value < line.length() && line.get(value) == ' ') {
            value++;
        }
        if (line.isAscii("data", start, colon)) {
            return data(value);
        }
        if (line.isAscii("id", start, colon)) {
            return id(text(value));
        }
        if (line.isAscii("event", start, colon)) {
            return name(text(value));
        }
        return line.isAscii("retry", start, colon) ? retry(text(value)) : null;
    }

    private @Nullable Signal data(int value) throws EventTooLongException {
        require(data.length() + line.length() - value <= limit);
        data.append(line, value);
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
        Signal event = data.isEmpty() ? null : new ReceivedEvent(id, name, data.text(0, data.length() - 1), retry);
        data.clear();
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

    private String text(int start) {
        return line.text(start, line.length());
    }
}
