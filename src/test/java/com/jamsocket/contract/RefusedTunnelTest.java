package com.jamsocket.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jamsocket.Jamsocket;
import com.jamsocket.ProxyTunnelException;
import com.jamsocket.StreamEnd;
import com.jamsocket.testkit.Certificates;
import com.jamsocket.testkit.SocketServer;
import com.jamsocket.testkit.StatusRecorder;
import com.jamsocket.testkit.TlsServer;
import com.jamsocket.testkit.Way;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that refuses the tunnel to a server with TLS (CONNECT), by each way of a request and to a running stream. */
@Tag("contract")
class RefusedTunnelTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int PASSES = 200;

    @TempDir
    private static Path directory;

    private static Certificates certificates;

    private final ProxySelector proxies = ProxySelector.getDefault();
    private final TwoStreams backend = new TwoStreams();
    private ConnectProxy proxy;
    private TlsServer server;

    @BeforeAll
    static void certificates() throws Exception {
        certificates = new Certificates(directory);
        certificates.add("server", "localhost", "-1d");
    }

    @BeforeEach
    void start() throws Exception {
        server = new TlsServer(certificates.server("server"), parameters -> {}, backend);
        proxy = new ConnectProxy();
        ProxySelector.setDefault(ProxySelector.of(proxy.address()));
    }

    @AfterEach
    void stop() {
        ProxySelector.setDefault(proxies);
        proxy.close();
        server.close();
    }

    private Jamsocket.Builder client() throws Exception {
        return Jamsocket.builder()
                .apiUrl(URI.create("https://localhost:" + server.port()))
                .account("a")
                .token("t")
                .service("s")
                .readTimeout(LIMIT)
                .sslContext(certificates.trusting("TLS"));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 407, 502})
    void eachWaySaysThatTheProxyRefusedAndWithWhat(int status) throws Exception {
        proxy.always = status;
        for (Way way : Way.values()) {
            if (way == Way.CALL && !RestImplementation.present().has(RestImplementation.Trait.ASKS_PROXY_SELECTOR)) {
                continue;
            }
            try (Jamsocket client = client().retryTime(Duration.ZERO).build()) {
                var refusal = catchThrowableOfType(ProxyTunnelException.class, () -> way.go(client));

                assertThat(refusal.statusCode()).as("%s", way).isEqualTo(status);
                assertThat(refusal)
                        .as("%s", way)
                        .hasMessageContaining("the proxy refused the tunnel (CONNECT) with " + status);
                assertThat(refusal.mayHaveBeenSent()).as("%s", way).isFalse();
                assertThat(refusal.isRetryable()).as("%s", way).isEqualTo(status == 502);
            }
        }
    }

    @Test
    void aRunningStreamOutlivesARefusalThatPasses() throws Exception {
        backend.afterTheFirst = () -> proxy.next.addAll(List.of(502, 503));
        try (Jamsocket client = client().build()) {
            StatusRecorder heard = new StatusRecorder();

            StreamEnd end = heard.endOf(client.statusStream("b1", heard));

            assertThat(end).isInstanceOf(StreamEnd.Terminated.class);
            assertThat(heard.statuses).containsExactly("ready", "terminated");
            assertThat(heard.attempts).isNotEmpty();
        }
    }

    @Test
    void aRunningStreamEndsWithARefusalForGood() throws Exception {
        backend.afterTheFirst = () -> proxy.always = 407;
        try (Jamsocket client = client().build()) {
            StatusRecorder heard = new StatusRecorder();

            StreamEnd end = heard.endOf(client.statusStream("b1", heard));

            assertThat(end).isInstanceOfSatisfying(StreamEnd.Failed.class, failed -> assertThat(failed.cause())
                    .isInstanceOfSatisfying(ProxyTunnelException.class, refusal -> assertThat(refusal.statusCode())
                            .isEqualTo(407)));
            assertThat(heard.statuses).containsExactly("ready");
        }
    }

    /** The first stream tells ready and is cut; the next one tells the end. */
    private static final class TwoStreams implements TlsServer.Handler {
        private volatile Runnable afterTheFirst = () -> {};
        private String status = "ready";

        @Override
        public synchronized void answer(String request, OutputStream out) throws IOException {
            boolean stream = request.contains("/stream ");
            String state = "{\"status\":\"" + status + "\",\"time\":\"2024-11-04T20:42:21.123Z\"}";
            out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: "
                            + (stream
                                    ? "text/event-stream\r\n\r\ndata: " + state + "\n\n"
                                    : "application/json\r\n\r\n" + state))
                    .getBytes(UTF_8));
            if (stream && status.equals("ready")) {
                status = "terminated";
                afterTheFirst.run();
            }
        }
    }

    /** Answers each CONNECT with the next status, and where that is 200 is a tunnel to the server. */
    private static final class ConnectProxy implements AutoCloseable {
        private final SocketServer server = new SocketServer(this::serve);
        private final Queue<Integer> next = new ConcurrentLinkedQueue<>();
        private volatile int always = PASSES;

        ConnectProxy() throws IOException {}

        InetSocketAddress address() {
            return server.address();
        }

        @Override
        public void close() {
            server.close();
        }

        private void serve(Socket client) throws IOException {
            String head = SocketServer.head(client.getInputStream());
            Integer planned = next.poll();
            int status = planned == null ? always : planned;
            client.getOutputStream()
                    .write(("HTTP/1.1 " + status + " Because\r\n"
                                    + (status == PASSES ? "" : "Content-Length: 0\r\n")
                                    + (status == 407 ? "Proxy-Authenticate: Basic realm=\"x\"\r\n" : "") + "\r\n")
                            .getBytes(ISO_8859_1));
            if (status == PASSES) {
                String target = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"));
                tunnel(client, Integer.parseInt(target.substring(target.indexOf(':') + 1)));
            }
        }

        private void tunnel(Socket client, int port) throws IOException {
            try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), port)) {
                server.run(() -> {
                    try {
                        client.getInputStream().transferTo(upstream.getOutputStream());
                        upstream.shutdownOutput();
                    } catch (IOException e) {
                        // One of both is gone, and with it the tunnel.
                    }
                });
                upstream.getInputStream().transferTo(client.getOutputStream());
            }
        }
    }
}
