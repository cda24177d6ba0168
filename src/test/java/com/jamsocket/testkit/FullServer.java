package com.jamsocket.testkit;

import static com.jamsocket.testkit.Eventually.eventually;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A server with which no connection is ever made: nobody accepts any, and the queue of those to be accepted is full.
 */
public final class FullServer implements AutoCloseable {

    /** On one machine a connection is made at once if there is room for it, unless it is busy. */
    private static final Duration AT_ONCE = Duration.ofMillis(250);

    private static final int BACKLOG = 1;

    private final ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final Deque<SocketChannel> queued = new ArrayDeque<>();

    /** Fills the queue: Linux lets one more into it than asked for, and none further; others may let in more. */
    public FullServer() throws IOException {
        do {
            SocketChannel channel = SocketChannel.open();
            queued.add(channel);
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()));
        } while (isConnected(queued.getLast()) || connections() <= BACKLOG);
    }

    private int connections() throws IOException {
        int connections = 0;
        for (SocketChannel channel : queued) {
            if (channel.finishConnect()) {
                connections++;
            }
        }
        return connections;
    }

    private static boolean isConnected(SocketChannel channel) throws IOException {
        try {
            eventually("a connection", AT_ONCE, channel::finishConnect);
            return true;
        } catch (AssertionError full) {
            return false;
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel channel : queued) {
            channel.close();
        }
    }
}
