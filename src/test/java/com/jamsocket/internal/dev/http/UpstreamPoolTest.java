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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            // At once: here its time may be over before this thread comes to take it.
            assertThat(loop.call(() -> {
                        pool.give(used);
                        return pool.reuse(address, user);
                    }))
                    .isSameAs(used);
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
        eventually("it to be forgotten", () -> idle(pool) == 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsNoneWhoseServerSaysSomethingUnaskedOrBreaksOff(boolean breaks) throws IOException {
        UpstreamPool pool = pool(LONG);
        Upstream upstream = open(pool);
        Upstream other = open(pool);
        try (Socket socket = server.accept();
                Socket ofOther = server.accept()) {
            ofOther.setSoTimeout(PATIENCE_MILLIS);
            give(pool, upstream);
            give(pool, other);
            if (breaks) {
                socket.setSoLinger(true, 0);
                socket.close();
            } else {
                socket.getOutputStream().write(1);
                assertThat(endOf(socket)).isNegative();
            }
            eventually("one to be forgotten", () -> idle(pool) == 1);
            assertThat(reuse(pool)).isSameAs(other);
            assertThat(received).hasValue(0);
        }
    }

    /** How many there are; they are put back in their order, and at once, for one that ended meanwhile would stay. */
    private int idle(UpstreamPool pool) {
        return loop.call(() -> {
            Deque<Upstream> found = new ArrayDeque<>();
            for (Upstream one = pool.reuse(address, user); one != null; one = pool.reuse(address, user)) {
                found.push(one);
            }
            found.forEach(pool::give);
            return found.size();
        });
    }

    private static int endOf(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket.getInputStream().read();
    }

    @Test
    void keepsNoMoreThanItMay() throws IOException {
        UpstreamPool pool = pool(LONG);
        List<Upstream> all = new ArrayList<>();
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 33; i++) {
            all.add(open(pool));
            sockets.add(server.accept());
        }
        all.forEach(one -> give(pool, one));
        assertThat(endOf(sockets.get(32))).isNegative();
        assertThat(idle(pool)).isEqualTo(32);
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
