package com.jamsocket.internal.dev.http;

import static com.jamsocket.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.testkit.SocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpProbeTest {

    private EventLoop loop;
    private HttpProbe probe;

    @BeforeEach
    void start() throws IOException {
        loop = new EventLoop();
        probe = new HttpProbe(loop);
        loop.start("http-probe-test");
    }

    @AfterEach
    void stop() throws Exception {
        loop.close();
    }

    private boolean answers(InetSocketAddress address) throws Exception {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        loop.execute(() -> probe.ask(address, answer::complete));
        return answer.get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1 404 Not Found, true", "HTTP/, true", "SSH-2.0-OpenSSH, false", "220 HTTP/, false"})
    void knowsAServerOfHttpByItsFirstBytes(String beginning, boolean isHttp) throws Exception {
        try (SocketServer server = new SocketServer(socket -> {
            SocketServer.head(socket.getInputStream());
            socket.setTcpNoDelay(true);
            for (byte next : beginning.getBytes(ISO_8859_1)) {
                socket.getOutputStream().write(next);
            }
            int end = socket.getInputStream().read();
            assertThat(end).isNegative();
        })) {
            // A server that is held up is asked again, as by whoever waits for it.
            eventually("it to be known", () -> answers(server.address()) == isHttp);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesAServerThatEndsWithoutAWordForNone(boolean reset) throws Exception {
        try (SocketServer server = new SocketServer(socket -> {
            SocketServer.head(socket.getInputStream());
            socket.setSoLinger(reset, 0);
        })) {
            assertThat(answers(server.address())).isFalse();
        }
    }

    @Test
    void findsNoServerWhereNoWayLeadsToOne() throws Exception {
        byte[] everybody = {(byte) 255, (byte) 255, (byte) 255, (byte) 255};
        assertThat(answers(new InetSocketAddress(InetAddress.getByAddress(everybody), 1)))
                .isFalse();
    }
}
