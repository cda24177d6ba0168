package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendEndedException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.JamsocketInterruptedException;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.JamsocketDialect;
import com.jamsocket.internal.wire.ServerKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What users see of what goes wrong inside. */
class FailuresTest {

    private static final JamsocketDialect DIALECT = new JamsocketDialect("a", "s", ServerKind.API);
    private static final Call STREAM = DIALECT.statusStream("b1");

    @Test
    void aStreamEndsWithWhatIsKnownAlready() {
        JamsocketException known = new BackendEndedException("b1", null);

        assertThat(Failures.ofStream(DIALECT, STREAM, known, Instant.EPOCH)).isSameAs(known);
    }

    @Test
    void aStreamThatBreaksWasLostAndSaysWhich() {
        IOException reset = new IOException("Connection reset");

        assertThat(Failures.ofStream(DIALECT, STREAM, reset, Instant.EPOCH))
                .isInstanceOf(JamsocketConnectionException.class)
                .hasMessageContainingAll("the stream was lost", "b1")
                .hasCause(reset);
    }

    @Test
    void whatWaitsForATimeThatDoesNotComeFailsByTheCloseOfTheClient() {
        ManualTicker closed = new ManualTicker();
        closed.close();
        CompletableFuture<String> result = new CompletableFuture<>();

        Failures.later(closed, Duration.ofSeconds(1), result, () -> result.complete("too late"));

        assertThat(result).isCompletedExceptionally();
        assertThatThrownBy(() -> Failures.join(result))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the Jamsocket client is closed");
    }

    @Test
    void aFailureThatManyWaitForSaysOnceWhereItHappened() {
        JamsocketException refused = new BackendEndedException("b1", null);
        CompletableFuture<String> shared = CompletableFuture.failedFuture(refused);

        for (int waiter = 0; waiter < 10; waiter++) {
            assertThatThrownBy(() -> Failures.join(shared.copy())).isSameAs(refused);
        }

        assertThat(refused.getSuppressed()).hasSize(1);
    }

    @Test
    void whoIsInterruptedTakesWhatIsThereInThatMoment() {
        try {
            assertThat(Failures.join(LateResult.<String>ofInterrupt(late -> late.complete("there"))))
                    .isEqualTo("there");
            assertThat(Thread.interrupted()).as("the flag stays set").isTrue();
            LateResult<String> never = LateResult.ofInterrupt(late -> {});
            assertThatThrownBy(() -> Failures.join(never)).isInstanceOf(JamsocketInterruptedException.class);
            assertThat(never).isCancelled();
        } finally {
            var unused = Thread.interrupted();
        }
    }

    @Test
    void aCheckedExceptionFromInsideIsTheCauseOfAnUncheckedOne() {
        IOException checked = new IOException("of a filter");

        assertThatThrownBy(() -> Failures.join(CompletableFuture.failedFuture(checked)))
                .isInstanceOf(IllegalStateException.class)
                .hasCause(checked);
    }
}
