package com.jamsocket.internal.dev.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A socket that never blocks, with what is still to be sent on it. Whoever reads less than comes lets the other side
 * wait. On the loop's thread only.
 */
final class Wire {

    private static final System.Logger LOG = System.getLogger("com.jamsocket.dev");
    private static final Duration BETWEEN_SLOW_BYTES = Duration.ofMillis(1);

    private final EventLoop loop;
    private final SocketChannel channel;
    private final Owner owner;
    private final Outbox outbox;
    private @Nullable SelectionKey key;
    private boolean reading = true;
    private boolean inputEnded;
    private boolean slowSending;
    private boolean endOutput;
    private boolean outputEnded;
    private boolean closed;

    /** Who reads and writes. */
    interface Owner extends EventLoop.ChannelHandler {
        /** All that waited has been sent. */
        void drained() throws IOException;
    }

    Wire(EventLoop loop, SocketChannel channel, Owner owner) {
        this.loop = loop;
        this.channel = channel;
        this.owner = owner;
        this.outbox = new Outbox(channel);
    }

    void open() throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = loop.register(channel, SelectionKey.OP_READ, owner);
    }

    /** Reads what there is; -1 at the end, after which there is nothing more to wait for. */
    int read(ByteBuffer into) throws IOException {
        into.clear();
        int count = channel.read(into);
        into.flip();
        if (count < 0) {
            inputEnded = true;
            updateInterest();
        }
        return count;
    }

    /** Whether to read on. */
    void reading(boolean on) {
        if (reading != on) {
            reading = on;
            updateInterest();
        }
    }

    /** Sends bytes; those that cannot be sent now wait. */
    void send(byte[]... parts) throws IOException {
        boolean idle = outbox.isEmpty();
        for (byte[] part : parts) {
            outbox.add(part);
        }
        if (idle) {
            sendWaiting();
        }
    }

    /** Sends bytes; a copy of those that cannot be sent now waits. */
    void send(ByteBuffer bytes) throws IOException {
        if (channel.isConnected()) {
            outbox.send(bytes);
        } else {
            outbox.addCopy(bytes);
        }
        afterSending();
    }

    /** The socket takes more. */
    void flush() throws IOException {
        if (!slowSending) {
            sendWaiting();
        }
        if (outbox.isEmpty()) {
            owner.drained();
        }
    }

    private void sendWaiting() throws IOException {
        if (!closed) {
            outbox.send();
            afterSending();
        }
    }

    private void afterSending() throws IOException {
        boolean sent = outbox.isEmpty();
        if (sent && endOutput && !outputEnded) {
            outputEnded = true;
            channel.shutdownOutput();
        }
        if (!sent && outbox.isSlow() && !slowSending) {
            slowSending = true;
            var unused = loop.after(BETWEEN_SLOW_BYTES, this::sendSlowly);
        }
        updateInterest();
    }

    private void sendSlowly() {
        slowSending = false;
        if (!closed) {
            try {
                flush();
            } catch (IOException e) {
                // The other side went away: its affair.
                owner.abandon();
            }
        }
    }

    boolean isDrained() {
        return outbox.isEmpty();
    }

    /** How many bytes wait. */
    long waiting() {
        return outbox.size();
    }

    /** From now on bytes are sent one by one. */
    void slowDown() {
        outbox.slowDown();
    }

    /** Sends nothing more after what is under way. */
    void endOutput() throws IOException {
        endOutput = true;
        afterSending();
    }

    /** Looks for what can go on now: connecting, reading, writing. */
    void updateInterest() {
        SelectionKey selected = key;
        if (selected == null || !selected.isValid()) {
            return;
        }
        if (!channel.isConnected()) {
            selected.interestOps(SelectionKey.OP_CONNECT);
            return;
        }
        int read = reading && !inputEnded ? SelectionKey.OP_READ : 0;
        int write = outbox.isEmpty() || outbox.isSlow() ? 0 : SelectionKey.OP_WRITE;
        selected.interestOps(read | write);
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends the connection: with a reset, or in good order. */
    void close(boolean reset) {
        if (closed) {
            return;
        }
        closed = true;
        outbox.clear();
        try (channel) {
            if (reset && channel.isConnected()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A connection broke while closing", e);
        }
    }
}
