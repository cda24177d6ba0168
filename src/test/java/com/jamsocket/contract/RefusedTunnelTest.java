package com.jamsocket.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jamsocket.Jamsocket;
import com.jamsocket.ProxyTunnelException;
import com.jamsocket.StreamEnd;
import com.jamsocket.testkit.Certificates;
import com.jamsocket.testkit.StatusRecorder;
import com.jamsocket.testkit.TlsServer;
import com.jamsocket.testkit.Way;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
                assertThat(refusal.getMessage().contains("credentials, which the JVM's Authenticator has to know"))
                        .as("%s says who has to know them", way)
                        .isEqualTo(status == 407);
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
                            .isEqualTo(407))
                    .hasMessageContaining("credentials, which the JVM's Authenticator has to know"));
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
}
