package com.jamsocket.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A growing run of bytes that gives a large array back once it is emptied, so that one big event does not weigh on a
 * stream that then idles for hours. A small one is kept, so that the next event needs none.
 */
final class Bytes {
    private static final byte[] NONE = {};
    private static final int SMALLEST = 128;
    private static final int KEPT = 256;

    private byte[] array = NONE;
    private int length;

    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    byte get(int index) {
        return array[index];
    }

    /** Appends {@code count} bytes of {@code source} from the absolute index {@code start}; its position stays. */
    void append(ByteBuffer source, int start, int count) {
        reserve(count);
        source.get(start, array, length, count);
        length += count;
    }

    /** Appends the bytes of another run from the index {@code start} on. */
    void append(Bytes source, int start) {
        int count = source.length - start;
        reserve(count);
        System.arraycopy(source.array, start, array, length, count);
        length += count;
    }

    void append(byte value) {
        reserve(1);
        array[length++] = value;
    }

    /** Whether the bytes from {@code start} to {@code end} are those of this ASCII text. */
    boolean isAscii(String text, int start, int end) {
        if (end - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (array[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The bytes from {@code start} to {@code end} as text, malformed input replaced. */
    String text(int start, int end) {
        return new String(array, start, end - start, UTF_8);
    }

    void clear() {
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
