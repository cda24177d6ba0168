package com.jamsocket.internal.dev.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connections to other servers that wait for their next exchange. On the loop's thread only. */
final class UpstreamPool {

    private static final int MAX_IDLE = 32;

    /** Servers close idle connections too, Node after 5 s; the sooner one of both should be this one. */
    static final Duration IDLE_TIME = Duration.ofSeconds(4);

    private final EventLoop loop;
    private final ByteBuffer readBuffer;
    private final Duration idleTime;
    private final Map<InetSocketAddress, Deque<Idle>> idle = new HashMap<>();
    private boolean sweeping;

    /** A pool that keeps a connection for so long. */
    UpstreamPool(EventLoop loop, ByteBuffer readBuffer, Duration idleTime) {
        this.loop = loop;
        this.readBuffer = readBuffer;
        this.idleTime = idleTime;
    }

    /** A new connection. */
    Upstream open(InetSocketAddress address, Upstream.User user) throws IOException {
        return new Upstream(loop, address, readBuffer, user);
    }

    /** A connection that was used before, or null. */
    @Nullable
    Upstream reuse(InetSocketAddress address, Upstream.User user) {
        Deque<Idle> waiting = idle.get(address);
        if (waiting == null) {
            return null;
        }
        Upstream upstream = waiting.removeLast().upstream;
        forget(waiting, address);
        upstream.use(user);
        return upstream;
    }

    /** Takes a connection whose exchange is over. */
    void give(Upstream upstream) {
        Deque<Idle> waiting = idle.computeIfAbsent(upstream.address(), address -> new ArrayDeque<>());
        if (waiting.size() >= MAX_IDLE) {
            upstream.close(false);
            return;
        }
        Idle user = new Idle(upstream, waiting, loop.nanoTime() + idleTime.toNanos());
        waiting.add(user);
        upstream.use(user);
        if (!sweeping) {
            sweepAfter(idleTime);
        }
    }

    /** One timer for all: a connection may be given and taken thousands of times a second. */
    private void sweepAfter(Duration delay) {
        sweeping = true;
        var unused = loop.after(delay, this::sweep);
    }

    private void sweep() {
        sweeping = false;
        long now = loop.nanoTime();
        List<Idle> all = new ArrayList<>();
        idle.values().forEach(all::addAll);
        all.stream().filter(one -> one.until <= now).forEach(Idle::drop);
        all.stream()
                .mapToLong(one -> one.until)
                .filter(until -> until > now)
                .min()
                .ifPresent(next -> sweepAfter(Duration.ofNanos(next - now)));
    }

    private void forget(Deque<Idle> waiting, InetSocketAddress address) {
        if (waiting.isEmpty()) {
            idle.remove(address);
        }
    }

    /** Whatever the server does now, the connection is of no more use. */
    private final class Idle implements Upstream.User {

        private final Upstream upstream;
        private final Deque<Idle> waiting;
        private final long until;

        Idle(Upstream upstream, Deque<Idle> waiting, long until) {
            this.upstream = upstream;
            this.waiting = waiting;
            this.until = until;
        }

        void drop() {
            waiting.remove(this);
            forget(waiting, upstream.address());
            upstream.close(false);
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
