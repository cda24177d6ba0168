package com.jamsocket.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.internal.ManualTicker;
import com.jamsocket.testkit.States;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a stream is compared with the status, on a server that takes its time. */
class StatusComparisonTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTicker time = new ManualTicker();
    private final List<CompletableFuture<BackendState>> questions = new ArrayList<>();
    private final List<BackendState> heard = new ArrayList<>();
    private Consumer<CompletableFuture<BackendState>> server = question -> {};

    private final StatusComparison comparison = new StatusComparison(
            () -> {
                CompletableFuture<BackendState> question = new CompletableFuture<>();
                questions.add(question);
                server.accept(question);
                return question;
            },
            () -> BackendStatus.READY,
            Duration.ofMinutes(1),
            time,
            new StatusComparison.Result() {
                @Override
                public void is(BackendState state) {
                    heard.add(state);
                }

                @Override
                public void isForgotten() {}

                @Override
                public void tickerClosed() {}
            });

    /** Of events that are not understood, or of a caller who ends the backend again and again. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatIsSlowIsHeardHoweverOftenThereIsReasonToAsk(boolean hurried) {
        server = question -> {
            var unused = time.after(Duration.ofMillis(1_500), () -> question.complete(States.READY));
        };
        for (int i = 0; i < 120; i++) {
            if (hurried) {
                comparison.hurry(SECOND);
            } else {
                comparison.within(SECOND);
            }
            time.advance(Duration.ofMillis(500));
        }

        assertThat(heard).hasSizeBetween(30, 40);
        assertThat(questions).noneMatch(CompletableFuture::isCancelled);
    }

    @Test
    void thereIsOneQuestionAtATimeAndTheNextFollowsItsAnswerIfThatIsDue() {
        comparison.within(SECOND);
        time.advance(SECOND);
        comparison.within(SECOND);
        time.advance(SECOND);
        assertThat(questions).hasSize(1);

        questions.get(0).complete(States.READY);
        time.advance(Duration.ZERO);

        assertThat(questions).hasSize(2);
    }

    @Test
    void aQuestionThatIsNeverAnsweredIsGivenUp() {
        comparison.within(SECOND);
        time.advance(SECOND);
        comparison.within(SECOND);
        time.advance(Duration.ofMinutes(1));

        assertThat(questions).hasSize(2);
        assertThat(questions.get(0)).isCancelled();
        assertThat(questions.get(1)).isNotDone();
    }
}
