package com.jamsocket.internal.client;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.ReconnectPolicy;
import com.jamsocket.StatusListener;
import com.jamsocket.StatusSubscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** So many streams are opening at once as may be, and few while the server is down. */
class StreamOpeningsTest {

    private static final int STREAMS = 30;
    private static final int AT_ONCE = 4;
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger reconnecting = new AtomicInteger();
    private HoldingServer server;
    private @Nullable Jamsocket client;

    @BeforeEach
    void start() throws IOException {
        server = new HoldingServer();
    }

    @AfterEach
    void stop() throws IOException {
        if (client != null) {
            client.close();
        }
        server.close();
    }

    private Jamsocket.Builder builder() {
        return Jamsocket.builder()
                .apiUrl(server.uri())
                .account("acme")
                .token("tok")
                .service("docs")
                .streamOpenings(AT_ONCE);
    }

    private List<CompletableFuture<StatusSubscription>> open(Jamsocket opener, int streams) {
        List<CompletableFuture<StatusSubscription>> opened = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            CompletionStage<StatusSubscription> stream = opener.async().statusStream("b" + i, new Counter());
            opened.add(stream.toCompletableFuture());
        }
        return opened;
    }

    @Test
    void neverMoreThanTheBoundWaitForAnAnswer() throws IOException {
        client = builder().build();
        open(client, STREAMS);
        eventually("as many as may be ask", () -> server.held() == AT_ONCE);
        // One after the other, so that those who come in their place would show.
        for (int answers = 1; answers <= 2 * STREAMS; answers++) {
            server.answer(1);
            int answered = answers;
            eventually("one more has its answer", () -> asked() - server.held() == answered);
        }
        eventually("all are told", () -> ready.get() == STREAMS);
        assertThat(server.mostHeld()).isEqualTo(AT_ONCE);
    }

    @Test
    void neitherWhenTheyReconnect() throws IOException {
        client = builder()
                .reconnectPolicy(ReconnectPolicy.ofDefaults().withDelays(Duration.ofMillis(1), Duration.ofSeconds(1)))
                .build();
        server.answer(2 * STREAMS);
        open(client, STREAMS);
        eventually("all are told", () -> ready.get() == STREAMS);
        server.dropConnections();
        eventually("all have lost their connection", () -> reconnecting.get() == STREAMS);
        eventually("as many as may be ask", () -> server.held() == AT_ONCE);
        server.answer(2 * STREAMS);
        eventually("all are open again", () -> server.streams.get() == 2 * STREAMS && server.held() == 0);
        assertThat(server.mostHeld()).isEqualTo(AT_ONCE);
    }

    @Test
    void allAreBackWhenTheServerIsHoweverLongTheirDelaysAre() throws IOException {
        client = builder()
                .retryTime(Duration.ZERO)
                .reconnectPolicy(ReconnectPolicy.ofDefaults().withDelays(FOR_EVER, FOR_EVER))
                .build();
        server.answer(Integer.MAX_VALUE / 2);
        open(client, STREAMS).forEach(CompletableFuture::join);
        eventually("all are told", () -> ready.get() == STREAMS);
        server.goDown();
        eventually("all have lost their connection", () -> reconnecting.get() == STREAMS);
        Jamsocket opener = client;
        for (int refused = 0; refused < 8; refused++) {
            assertThatExceptionOfType(JamsocketConnectionException.class)
                    .isThrownBy(() -> opener.statusStream("another", new Counter()))
                    .matches(failure -> !failure.mayHaveBeenSent());
        }
        server.comeBack();
        client.statusStream("another", new Counter());
        eventually("all are back", () -> server.streams.get() == 2 * STREAMS + 1);
    }

    private int asked() {
        return server.questions.get() + server.streams.get();
    }

    private final class Counter implements StatusListener {

        @Override
        public void onState(BackendState state) {
            ready.incrementAndGet();
        }

        @Override
        public void onReconnecting(int attempt, Duration delay, @Nullable Throwable cause) {
            reconnecting.incrementAndGet();
        }
    }
}
