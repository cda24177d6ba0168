package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.wire.Call;
import com.jamsocket.internal.wire.JamsocketDialect;
import com.jamsocket.internal.wire.ServerKind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class StepsTest {

    private static final Call CALL = new JamsocketDialect("acme", "docs", ServerKind.API).status("b1");

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void keepsNothingOfAttemptsThatAreOver() {
        CompletableFuture<String> result =
                new Retries(Duration.ZERO, ticker).startUnlimited(CALL, StepsTest::refused, failure -> {});
        int kept = result.getNumberOfDependents();
        ticker.advance(Duration.ofHours(1));

        assertThat(result.getNumberOfDependents()).isEqualTo(kept);
        assertThat(ticker.waiting()).isEqualTo(1);

        result.cancel(true);
        assertThat(ticker.waiting()).isZero();
    }

    private static CompletionStage<String> refused() {
        return CompletableFuture.failedStage(new JamsocketConnectionException("refused", null, false));
    }

    @Test
    void cancelsAStepThatBeginsWhenTheResultIsThere() {
        CompletableFuture<String> result = CompletableFuture.completedFuture("there");
        CompletableFuture<String> step = new CompletableFuture<>();
        new Steps(result).then(step, (value, failure) -> {
            throw new AssertionError("gone on");
        });

        assertThat(step).isCancelled();
    }

    @Test
    void failsTheResultWithWhatAStepThrows() {
        CompletableFuture<String> result = new CompletableFuture<>();
        IllegalStateException thrown = new IllegalStateException("by a test");
        new Steps(result).then(CompletableFuture.completedFuture("done"), (value, failure) -> {
            throw thrown;
        });

        assertThat(result)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isSameAs(thrown);
    }

    @Test
    void failsTheResultWhereTheTickerIsClosed() {
        CompletableFuture<String> result = new CompletableFuture<>();
        ticker.close();
        new Steps(result).after(Duration.ofSeconds(1), ticker, () -> {});

        assertThat(result).isCompletedExceptionally();
    }
}
