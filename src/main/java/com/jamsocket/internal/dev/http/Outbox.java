package com.jamsocket.internal.dev.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** What is still to be sent on a connection. On the loop's thread only. */
final class Outbox {

    private final WritableByteChannel channel;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>(2);
    private long size;
    private boolean slow;

    Outbox(WritableByteChannel channel) {
        this.channel = channel;
    }

    void add(byte[] bytes) {
        if (bytes.length > 0) {
            unsent.add(ByteBuffer.wrap(bytes));
            size += bytes.length;
        }
    }

    void addCopy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        add(copy);
    }

    /** Sends bytes after those that wait, and keeps a copy of what the connection does not take. */
    void send(ByteBuffer bytes) throws IOException {
        if (unsent.isEmpty() && !slow) {
            channel.write(bytes);
        }
        addCopy(bytes);
    }

    /** How many bytes there are. */
    long size() {
        return size;
    }

    boolean isEmpty() {
        return unsent.isEmpty();
    }

    /** From now on each {@link #send()} sends one byte. */
    void slowDown() {
        slow = true;
    }

    boolean isSlow() {
        return slow;
    }

    /** Sends what the connection takes. */
    void send() throws IOException {
        boolean more = true;
        while (more && !unsent.isEmpty()) {
            ByteBuffer first = unsent.getFirst();
            size -= slow ? sendOne(first) : channel.write(first);
            more = !slow && !first.hasRemaining();
            if (!first.hasRemaining()) {
                unsent.removeFirst();
            }
        }
    }

    private int sendOne(ByteBuffer from) throws IOException {
        int sent = channel.write(from.slice(from.position(), 1));
        from.position(from.position() + sent);
        return sent;
    }

    void clear() {
        unsent.clear();
        size = 0;
    }
}
