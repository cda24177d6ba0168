package com.jamsocket.internal.dev.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Future;

/** A connection to another server, for one exchange after the other. On the loop's thread only. */
final class Upstream implements Wire.Owner {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final InetSocketAddress address;
    private final ByteBuffer readBuffer;
    private final SocketChannel channel;
    private final Wire wire;
    private final Future<?> connectTimeout;
    private User user;

    /** Who uses the connection now. Told of what happens until it closes the connection or gives it back. */
    interface User {
        /** Takes what the server sent: all of it. */
        void received(ByteBuffer bytes) throws IOException;

        /** Everything is sent. */
        void drained() throws IOException;

        /** The server sends nothing more. */
        void ended() throws IOException;

        /** The connection cannot be used: with 504 the server did not accept it in time, with 502 otherwise. */
        void failed(int status);
    }

    /** Begins to connect. What is sent meanwhile waits. */
    Upstream(EventLoop loop, InetSocketAddress address, ByteBuffer readBuffer, User user) throws IOException {
        this.address = address;
        this.readBuffer = readBuffer;
        this.user = user;
        this.channel = SocketChannel.open();
        this.wire = new Wire(loop, channel, this);
        try {
            wire.open();
            channel.connect(address);
            wire.updateInterest();
        } catch (IOException e) {
            wire.close(false);
            throw e;
        }
        this.connectTimeout = loop.after(CONNECT_TIMEOUT, this::giveUpConnecting);
    }

    private void giveUpConnecting() {
        if (!channel.isConnected() && !wire.isClosed()) {
            close(true);
            user.failed(504);
        }
    }

    InetSocketAddress address() {
        return address;
    }

    /** Hands the connection to another user. */
    void use(User next) {
        user = next;
        wire.reading(true);
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            connectTimeout.cancel(false);
            wire.flush();
        } else if (key.isReadable()) {
            read();
        }
        if (!wire.isClosed() && key.isWritable()) {
            wire.flush();
        }
    }

    private void read() throws IOException {
        if (wire.read(readBuffer) < 0) {
            user.ended();
        } else {
            user.received(readBuffer);
        }
    }

    /** Sends bytes, or keeps a copy of those that cannot be sent now. */
    void send(ByteBuffer bytes) throws IOException {
        wire.send(bytes);
    }

    boolean isDrained() {
        return wire.isDrained();
    }

    /** Whether to read on: otherwise the server has to wait. */
    void reading(boolean on) {
        wire.reading(on);
    }

    /** Sends nothing more after what is under way. */
    void endOutput() throws IOException {
        wire.endOutput();
    }

    @Override
    public void drained() throws IOException {
        user.drained();
    }

    @Override
    public void abandon() {
        if (!wire.isClosed()) {
            close(true);
            user.failed(502);
        }
    }

    /** Ends the connection, telling nobody. */
    void close(boolean reset) {
        connectTimeout.cancel(false);
        wire.close(reset);
    }
}
