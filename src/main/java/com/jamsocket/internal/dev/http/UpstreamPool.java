package com.jamsocket.internal.dev.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connections to other servers that wait for their next exchange. On the loop's thread only. */
final class UpstreamPool {

    private static final int MAX_IDLE = 32;

    /** Servers close idle connections too, Node after 5 s; the sooner one of both should be this one. */
    private static final Duration IDLE_TIME = Duration.ofSeconds(4);

    private final EventLoop loop;
    private final ByteBuffer readBuffer;
    private final Map<InetSocketAddress, Deque<Upstream>> idle = new HashMap<>();

    UpstreamPool(EventLoop loop, ByteBuffer readBuffer) {
        this.loop = loop;
        this.readBuffer = readBuffer;
    }

    /** A new connection. */
    Upstream open(InetSocketAddress address, Upstream.User user) throws IOException {
        return new Upstream(loop, address, readBuffer, user);
    }

    /** A connection that was used before, or null. */
    @Nullable
    Upstream reuse(InetSocketAddress address, Upstream.User user) {
        Deque<Upstream> waiting = idle.get(address);
        if (waiting == null) {
            return null;
        }
        Upstream upstream = waiting.removeLast();
        forget(waiting, address);
        upstream.use(user);
        return upstream;
    }

    /** Takes a connection whose exchange is over. */
    void give(Upstream upstream) {
        Deque<Upstream> waiting = idle.computeIfAbsent(upstream.address(), address -> new ArrayDeque<>());
        if (waiting.size() >= MAX_IDLE) {
            upstream.close(false);
            return;
        }
        waiting.add(upstream);
        Idle user = new Idle(upstream);
        upstream.use(user);
        var unused = loop.after(IDLE_TIME, user::drop);
    }

    private void forget(Deque<Upstream> waiting, InetSocketAddress address) {
        if (waiting.isEmpty()) {
            idle.remove(address);
        }
    }

    /** Whatever the server does now, the connection is of no more use. */
    private final class Idle implements Upstream.User {

        private final Upstream upstream;

        Idle(Upstream upstream) {
            this.upstream = upstream;
        }

        /** A connection that is in use again is not idle, and another one's time may still run. */
        void drop() {
            Deque<Upstream> waiting = idle.get(upstream.address());
            if (waiting != null && upstream.isUsedBy(this) && waiting.remove(upstream)) {
                forget(waiting, upstream.address());
                upstream.close(false);
            }
        }

        @Override
        public void received(ByteBuffer bytes) {
            drop();
        }

        @Override
        public void drained() {
            // There was nothing to send.
        }

        @Override
        public void ended() {
            drop();
        }

        @Override
        public void failed(int status) {
            drop();
        }
    }
}
