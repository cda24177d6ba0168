package com.jamsocket.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A growing run of bytes that gives a large array back once it is emptied, so that one big event does not weigh on a
 * stream that then idles for hours.
 */
final class Bytes {
    private static final byte[] NONE = {};
    private static final int SMALLEST = 256;
    private static final int KEPT = 8 * 1024;

    private byte[] array = NONE;
    private int length;

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Appends {@code count} bytes of {@code source} from the absolute index {@code start}; its position stays. */
    void append(ByteBuffer source, int start, int count) {
        reserve(count);
        source.get(start, array, length, count);
        length += count;
    }

    void append(byte value) {
        reserve(1);
        array[length++] = value;
    }

    /** A view of all bytes, valid until the next append. The run is empty afterwards. */
    ByteBuffer take() {
        ByteBuffer view = ByteBuffer.wrap(array, 0, length);
        clear();
        return view;
    }

    /** The first {@code count} bytes as text, malformed input replaced. The run is empty afterwards. */
    String takeText(int count) {
        String text = new String(array, 0, count, UTF_8);
        clear();
        return text;
    }

    private void clear() {
        length = 0;
        if (array.length > KEPT) {
            array = NONE;
        }
    }

    private void reserve(int count) {
        int needed = Math.addExact(length, count);
        if (needed > array.length) {
            array = Arrays.copyOf(array, Math.max(needed, Math.max(SMALLEST, array.length * 2)));
        }
    }
}
