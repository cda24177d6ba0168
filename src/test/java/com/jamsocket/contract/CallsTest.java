package com.jamsocket.contract;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendEndedException;
import com.jamsocket.BackendNotFoundException;
import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketTimeoutException;
import com.jamsocket.KeyUnheldException;
import com.jamsocket.TerminationKind;
import com.jamsocket.TerminationReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallsTest extends ClientContract {

    private static final ConnectRequest WITH_KEY =
            ConnectRequest.builder().key("room/ü 1").build();

    @Test
    void connectStartsABackend() {
        ConnectResponse response = client().connect(ConnectRequest.builder()
                .user("ann")
                .auth(Map.of("role", "editor"))
                .build());

        assertThat(response.spawned()).isTrue();
        assertThat(server.backends()).singleElement().satisfies(backend -> {
            assertThat(backend.id()).isEqualTo(response.backendId());
            assertThat(backend.user()).isEqualTo("ann");
        });
        assertThat(response.url().getHost()).isEqualTo("127.0.0.1");
        assertThat(response.url().getPort())
                .as("pages of backends are another origin than the API")
                .isNotEqualTo(server.port());
    }

    @Test
    void connectGivesTheBackendThatHoldsTheKey() {
        Jamsocket client = client();

        ConnectResponse first = client.connect(WITH_KEY);
        ConnectResponse second = client.connect(WITH_KEY);

        assertThat(second.backendId()).isEqualTo(first.backendId());
        assertThat(second.spawned()).isFalse();
        assertThat(server.backends()).singleElement().satisfies(backend -> assertThat(backend.key())
                .isEqualTo("room/ü 1"));
    }

    @Test
    void connectStartsNothingThatItMayNotStart() {
        ConnectRequest request = WITH_KEY.toBuilder().spawn(false).build();

        assertThatThrownBy(() -> client().connect(request)).isInstanceOf(KeyUnheldException.class);
        assertThat(server.spawnCount()).isZero();
    }

    @Test
    void connectGivesAnEndingBackendUnlessAskedToWaitForItsEnd() {
        useServerByHand();
        Jamsocket client = client();
        String id = client.connect(WITH_KEY).backendId();
        client.terminate(id, TerminationKind.SOFT);

        ConnectResponse ending = client.connect(WITH_KEY);
        CompletableFuture<ConnectResponse> next = client.async()
                .connect(WITH_KEY.toBuilder().waitForEnding(LONG).build())
                .toCompletableFuture();
        server.moveTo(id, BackendState.terminated(Instant.now()));

        assertThat(ending.backendId()).isEqualTo(id);
        assertThat(ending.status()).isEqualTo(BackendStatus.TERMINATING);
        assertThat(next).succeedsWithin(LONG).satisfies(response -> {
            assertThat(response.spawned()).isTrue();
            assertThat(response.backendId()).isNotEqualTo(id);
        });
    }

    @Test
    void statusTellsThePresentState() {
        useServerByHand();
        Jamsocket client = client();
        String id = client.connect().backendId();
        Instant time = Instant.parse("2026-01-02T03:04:05Z");
        server.moveTo(id, BackendState.ready(time));

        assertThat(client.status(id)).isEqualTo(BackendState.ready(time));
        assertThat(client.async().status(id)).succeedsWithin(LONG).isEqualTo(BackendState.ready(time));
    }

    @Test
    void everyVerbSaysThatABackendIsUnknown() {
        Jamsocket client = client();

        assertThatThrownBy(() -> client.status("none")).isInstanceOf(BackendNotFoundException.class);
        assertThatThrownBy(() -> client.terminate("none", TerminationKind.SOFT))
                .isInstanceOf(BackendNotFoundException.class);
        assertThatThrownBy(() -> client.statusStream("none", state -> {})).isInstanceOf(BackendNotFoundException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = TerminationKind.class,
            names = {"SOFT", "HARD"})
    void terminateEndsABackendInTheWayAsked(TerminationKind kind) {
        Jamsocket client = client();
        String id = client.connect().backendId();
        client.awaitReady(id, LONG);

        client.terminate(id, kind);

        assertThat(client.awaitTerminated(id, LONG).state())
                .isInstanceOfSatisfying(BackendState.Terminated.class, state -> {
                    assertThat(state.kind()).isEqualTo(kind);
                    assertThat(state.reason()).isEqualTo(TerminationReason.EXTERNAL);
                });
    }

    @Test
    void awaitReadyWaitsNoLongerThanNeededOrAsked() {
        useServerByHand();
        Jamsocket client = client();
        String id = client.connect().backendId();

        assertThatThrownBy(() -> client.awaitReady(id, Duration.ofMillis(200)))
                .isInstanceOf(JamsocketTimeoutException.class);
        server.moveTo(id, BackendState.ready(Instant.now()));
        assertThat(client.awaitReady(id, LONG)).isInstanceOf(BackendState.Ready.class);
        client.terminate(id, TerminationKind.SOFT);
        assertThatThrownBy(() -> client.awaitReady(id, LONG)).isInstanceOf(BackendEndedException.class);
    }

    @Test
    void aPingIsAnsweredByTheServerAndByNobodyElse() {
        Jamsocket client = client();
        eventually("a ping is answered in time", () -> isAnswered(client::ping));
        eventually(
                "one of another kind too",
                () -> isAnswered(
                        () -> client.async().ping().toCompletableFuture().join()));

        server.close();
        assertThatThrownBy(client::ping).isInstanceOf(JamsocketConnectionException.class);
    }

    /** Whether a ping is answered within its two seconds, which a busy machine may need to make what it takes. */
    private static boolean isAnswered(Supplier<Duration> ping) {
        try {
            return ping.get().compareTo(Duration.ZERO) > 0;
        } catch (JamsocketTimeoutException | JamsocketConnectionException | CompletionException e) {
            return false;
        }
    }
}
