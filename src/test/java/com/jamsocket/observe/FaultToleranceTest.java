package com.jamsocket.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketApiException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What docs/operations.md says goes with annotations of MicroProfile Fault Tolerance. */
class FaultToleranceTest {

    private static final ConnectRequest KEYED =
            ConnectRequest.builder().key("k").build();

    private final JamsocketDevServer server = JamsocketDevServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    /** As {@code @Retry(maxRetries = 2)} does. */
    private static void threeTries(Runnable call) {
        for (int i = 0; i < 3; i++) {
            Throwable failure = catchThrowable(call::run);
            if (failure == null) {
                return;
            }
            assertThat(failure).isInstanceOf(JamsocketException.class);
        }
    }

    @Test
    void withoutRetriesOfItsOwnAClientIsAskedOnceForEachTry() {
        server.inject(Fault.answer(503).on(Fault.Endpoint.CONNECT).times(100));
        try (Jamsocket client =
                Jamsocket.builder().dev(server.port()).retryTime(Duration.ZERO).build()) {
            threeTries(() -> client.connect(KEYED));

            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void withThemEachTryRetries() {
        server.inject(Fault.answer(503).on(Fault.Endpoint.CONNECT).times(100));
        try (Jamsocket client = Jamsocket.builder()
                .dev(server.port())
                .retryTime(Duration.ofMillis(400))
                .build()) {
            threeTries(() -> client.connect(KEYED));

            assertThat(server.requests()).hasSizeGreaterThan(3);
        }
    }

    @Test
    void triesOfAKeyedConnectStartOneBackend() {
        server.inject(Fault.reset()
                .on(Fault.Endpoint.CONNECT)
                .at(Fault.Moment.BEFORE_FIRST_EVENT)
                .times(2));
        try (Jamsocket client =
                Jamsocket.builder().dev(server.port()).retryTime(Duration.ZERO).build()) {
            threeTries(() -> client.connect(KEYED));

            assertThat(server.spawnCount()).isEqualTo(1);
        }
    }

    @Test
    void aCallTimeoutEndsACallThatATimeoutWouldOnlyInterrupt() {
        server.inject(Fault.stall().on(Fault.Endpoint.CONNECT).times(100));
        try (Jamsocket client = Jamsocket.builder()
                .dev(server.port())
                .callTimeout(Duration.ofMillis(300))
                .build()) {
            long start = System.nanoTime();

            assertThatThrownBy(() -> client.connect(KEYED)).isInstanceOf(JamsocketConnectionException.class);
            // Far below the read timeout of 30 seconds.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aCircuitBreakerThatCountsLostConnectionsDoesNotCountAnswers() {
        try (Jamsocket client =
                Jamsocket.builder().dev(server.port()).retryTime(Duration.ZERO).build()) {
            assertThatThrownBy(() -> client.status("unknown"))
                    .isInstanceOf(JamsocketApiException.class)
                    .isNotInstanceOf(JamsocketConnectionException.class);
            server.close();
            assertThatThrownBy(() -> client.status("unknown")).isInstanceOf(JamsocketConnectionException.class);
        }
    }
}
