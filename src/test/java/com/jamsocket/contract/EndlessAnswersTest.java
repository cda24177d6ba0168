package com.jamsocket.contract;

import static com.jamsocket.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketException;
import com.jamsocket.testkit.Way;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers whose body never ends: the call does, and a closed client leaves none of them open. */
@Tag("contract")
class EndlessAnswersTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger answering = new AtomicInteger();
    private HttpServer server;
    private Pace pace = Pace.TRICKLE;

    private enum Pace {
        TRICKLE(1, 20),
        FLOOD(64 * 1024, 0);

        private final int bytes;
        private final int millis;

        Pace(int bytes, int millis) {
            this.bytes = bytes;
            this.millis = millis;
        }

        void write(OutputStream out) throws IOException, InterruptedException {
            byte[] blanks = " ".repeat(bytes).getBytes(ISO_8859_1);
            while (true) {
                out.write(blanks);
                out.flush();
                TimeUnit.MILLISECONDS.sleep(millis);
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            answering.incrementAndGet();
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, 0);
                pace.write(exchange.getResponseBody());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                answering.decrementAndGet();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.stop(0);
    }

    @ParameterizedTest
    @EnumSource
    void theCallEndsInItsTime(Pace ofServer) {
        pace = ofServer;
        try (Jamsocket client = Jamsocket.builder()
                .apiUrl(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .account("a")
                .token("t")
                .service("s")
                .connectTimeout(Duration.ofMillis(500))
                .readTimeout(Duration.ofMillis(500))
                .retryTime(Duration.ZERO)
                .build()) {
            for (Way way : Way.values()) {
                assertTimeoutPreemptively(
                        LIMIT,
                        () -> assertThatExceptionOfType(JamsocketException.class)
                                .isThrownBy(() -> way.go(client)),
                        way::name);
            }
        }
        eventually("no answer goes on", () -> answering.get() == 0);
    }
}
