package com.jamsocket.internal.dev.http;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UpstreamPoolTest {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger received = new AtomicInteger();
    private final Upstream.User user = new Upstream.User() {
        @Override
        public void received(ByteBuffer bytes) {
            received.addAndGet(bytes.remaining());
        }

        @Override
        public void drained() {}

        @Override
        public void ended() {}

        @Override
        public void failed(int status) {}
    };

    private EventLoop loop;
    private ServerSocket server;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws IOException {
        loop = new EventLoop();
        loop.start("upstream-pool-test");
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        address = (InetSocketAddress) server.getLocalSocketAddress();
    }

    @AfterEach
    void stop() throws Exception {
        loop.close();
        server.close();
    }

    private UpstreamPool pool(Duration idleTime) {
        return new UpstreamPool(loop, HttpConnection.readBuffer(), idleTime);
    }

    private Upstream open(UpstreamPool pool) {
        return loop.call(() -> {
            try {
                return pool.open(address, user);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void give(UpstreamPool pool, Upstream upstream) {
        var unused = loop.call(() -> {
            pool.give(upstream);
            return true;
        });
    }

    private Upstream reuse(UpstreamPool pool) {
        return loop.call(() -> pool.reuse(address, user));
    }

    @Test
    void handsOutTheOneThatWasUsedLast() throws IOException {
        UpstreamPool pool = pool(LONG);
        Upstream first = open(pool);
        Upstream second = open(pool);
        try (Socket one = server.accept();
                Socket other = server.accept()) {
            give(pool, first);
            give(pool, second);
            assertThat(reuse(pool)).isSameAs(second);
            assertThat(reuse(pool)).isSameAs(first);
            assertThat(reuse(pool)).isNull();
        }
    }

    @Test
    void closesWhatNobodyTakesInTimeAndNothingElse() throws IOException {
        UpstreamPool pool = pool(Duration.ofMillis(100));
        Upstream used = open(pool);
        try (Socket ofUsed = server.accept()) {
            give(pool, used);
            assertThat(reuse(pool)).isSameAs(used);
            Upstream idle = open(pool);
            Upstream later = open(pool);
            try (Socket ofIdle = server.accept();
                    Socket ofLater = server.accept()) {
                ofIdle.setSoTimeout(PATIENCE_MILLIS);
                ofLater.setSoTimeout(PATIENCE_MILLIS);
                give(pool, idle);
                assertThat(ofIdle.getInputStream().read()).isNegative();
                give(pool, later);
                assertThat(ofLater.getInputStream().read()).isNegative();
                assertThat(reuse(pool)).isNull();
            }
            ofUsed.getOutputStream().write(1);
            eventually("a byte", () -> received.get() == 1);
        }
    }

    @Test
    void forgetsWhatTheServerCloses() throws IOException {
        UpstreamPool pool = pool(LONG);
        Upstream upstream = open(pool);
        try (Socket socket = server.accept()) {
            give(pool, upstream);
        }
        eventually("it to be forgotten", () -> {
            Upstream found = reuse(pool);
            if (found != null) {
                give(pool, found);
            }
            return found == null;
        });
    }
}
