package com.jamsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.jamsocket.JamsocketApiException.Details;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExceptionsTest {

    private static final Details DETAILS = Details.builder(409)
            .kind("KeyHeld")
            .serverMessage("Lock is held")
            .errorId("abc")
            .retryAfter(Duration.ofSeconds(7))
            .body("{}")
            .retryable(true)
            .build();

    static Stream<JamsocketApiException> refusals() {
        return Stream.of(
                new JamsocketApiException("m", DETAILS),
                new BackendNotFoundException("m", DETAILS),
                new KeyHeldException("m", DETAILS),
                new KeyUnheldException("m", DETAILS),
                new RateLimitedException("m", DETAILS),
                new UnauthorizedException("m", DETAILS));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusalsTellWhatTheServerSaid(JamsocketApiException e) {
        assertThat(e.statusCode()).isEqualTo(409);
        assertThat(e.kind()).isEqualTo("KeyHeld");
        assertThat(e.serverMessage()).isEqualTo("Lock is held");
        assertThat(e.errorId()).isEqualTo("abc");
        assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(e.body()).isEqualTo("{}");
        assertThat(e.isRetryable()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusalsStayWholeWhenTheyAreSentElsewhere(JamsocketApiException e) throws Exception {
        JamsocketApiException copy = copy(e);
        assertThat(copy).hasSameClassAs(e).hasMessage("m");
        assertThat(copy.details()).isEqualTo(DETAILS);
    }

    private static <T> T copy(T object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            @SuppressWarnings("unchecked")
            T copy = (T) in.readObject();
            return copy;
        }
    }

    @Test
    void refusalsHaveABody() {
        assertThatNullPointerException()
                .isThrownBy(() -> Details.builder(409).body(null).build());
    }

    @Test
    void theEndedBackendIsNamedWithItsState() {
        BackendState state = BackendState.terminating(Instant.EPOCH, TerminationReason.SWEPT);
        BackendEndedException e = new BackendEndedException("b1", state);
        assertThat(e.backendId()).isEqualTo("b1");
        assertThat(e.state()).isEqualTo(state);
        assertThat(e).hasMessageContaining("b1").hasMessageContaining("swept");
        assertThat(e.isRetryable()).isFalse();
        assertThat(new BackendEndedException("b1", null)).hasMessageContaining("it has ended");
    }

    @Test
    void aTimeoutTellsWhatWasAwaitedAndWhatWasSeen() throws Exception {
        BackendState state = BackendState.loading(Instant.EPOCH);
        JamsocketTimeoutException e =
                new JamsocketTimeoutException("b1", BackendStatus.READY, Duration.ofSeconds(3), state, null);
        assertThat(e.backendId()).isEqualTo("b1");
        assertThat(e.lastState()).isEqualTo(state);
        assertThat(e).hasMessageContaining("b1 was not ready within PT3S").hasMessageContaining("Loading");
        assertThat(e.isRetryable()).isTrue();
        assertThat(new JamsocketTimeoutException("b1", BackendStatus.READY, Duration.ofSeconds(3), null, null))
                .hasMessageContaining("none");
        assertThat(copy(e).backendId()).isEqualTo("b1");
        assertThat(copy(e).lastState()).isNull();
    }

    @Test
    void aDroneThatIsNotDrainedInTimeIsATimeoutToo() throws Exception {
        ClusterState.Drone seen = ClusterState.Drone.builder(
                        ClusterState.Node.builder("dr-a").build())
                .backendCount(2)
                .build();
        DrainTimeoutException e = new DrainTimeoutException("dr-a", Duration.ofSeconds(3), seen);
        assertThat(e).isInstanceOf(JamsocketTimeoutException.class).hasMessageContaining("dr-a");
        assertThat(e.isRetryable()).isTrue();
        assertThat(e.drone()).isEqualTo("dr-a");
        assertThat(e.lastSeen()).isEqualTo(seen);
        assertThat(copy(e).drone()).isEqualTo("dr-a");
        assertThat(copy(e).lastSeen()).isNull();
        assertThat(new DrainTimeoutException("dr-a", Duration.ofSeconds(3), null))
                .hasMessageContaining("did not show it");
    }

    @Test
    void aConfigurationErrorNamesEveryProblem() {
        List<String> problems = new ArrayList<>(List.of("no token", "no service"));
        JamsocketConfigurationException e = new JamsocketConfigurationException(problems);
        problems.clear();
        assertThat(e.problems()).containsExactly("no token", "no service");
        assertThat(e).hasMessageContaining("no token; no service");
        assertThat(e.isRetryable()).isFalse();
    }

    @Test
    void aLostConnectionTellsWhetherTheRequestMayHaveBeenSent() {
        IOException cause = new IOException("reset");
        JamsocketConnectionException e = new JamsocketConnectionException("lost", cause, true);
        assertThat(e).hasMessage("lost").hasCause(cause);
        assertThat(e.isRetryable()).isTrue();
        assertThat(e.mayHaveBeenSent()).isTrue();
        assertThat(new JamsocketConnectionException("refused", null, false).mayHaveBeenSent())
                .isFalse();
        assertThat(new JamsocketProtocolException("odd", null).isRetryable()).isFalse();
    }
}
