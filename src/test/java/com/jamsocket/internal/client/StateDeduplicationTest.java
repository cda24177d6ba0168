package com.jamsocket.internal.client;

import static com.jamsocket.testkit.States.READY;
import static com.jamsocket.testkit.States.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.TerminationKind;
import com.jamsocket.TerminationReason;
import com.jamsocket.testkit.States;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which states are new, and which follow the one before without a gap. */
class StateDeduplicationTest {

    private final StateDeduplication delivered = new StateDeduplication();

    @Test
    void aServerThatNeverStopsSendingNewWordsIsNotRememberedForEver() {
        for (int i = 0; i < 64; i++) {
            assertThat(delivered.add(States.unknown("word-" + i))).isTrue();
        }
        assertThat(delivered.add(States.unknown("one-more"))).isFalse();
        assertThat(delivered.add(READY)).as("what is known still comes").isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "scheduled, loading, true",
        "scheduled, starting, false",
        "scheduled, scheduled, false",
        "loading, starting, true",
        "loading, waiting, false",
        "starting, waiting, true",
        "starting, loading, false",
        "starting, ready, false",
        "waiting, ready, true",
        "waiting, terminating, false",
        "ready, terminating, true",
        "ready, waiting, false"
    })
    void aStateFollowsTheOneBeforeIt(String before, String next, boolean direct) {
        delivered.add(States.of(before));

        assertThat(delivered.isDirectStep(States.of(next))).isEqualTo(direct);
    }

    @Test
    void theFirstStateIsScheduledOrOneOfAnotherVersion() {
        assertThat(delivered.isDirectStep(SCHEDULED)).isTrue();
        assertThat(delivered.isDirectStep(States.unknown("dreaming"))).isTrue();
        assertThat(delivered.isDirectStep(READY)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"ready, true", "terminating, true", "waiting, false"})
    void aHardEndIsAskedForOfWhatIsReadyOrEnding(String before, boolean direct) {
        delivered.add(States.of(before));

        assertThat(delivered.isDirectStep(BackendState.hardTerminating(Instant.EPOCH, TerminationReason.KEY_EXPIRED)))
                .isEqualTo(direct);
    }

    @ParameterizedTest
    @CsvSource({
        "terminating, EXTERNAL, SOFT, true",
        "terminating, EXTERNAL, HARD, false",
        "ready, , , true",
        "loading, , , true",
        "scheduled, , , false",
        "ready, EXTERNAL, , false",
        "ready, , SOFT, false"
    })
    void anEndFollowsWhatWasAskedForOrNothingIfNobodyAsked(
            String before, TerminationReason reason, TerminationKind kind, boolean direct) {
        delivered.add(States.of(before));
        BackendState.Terminated.Builder end = BackendState.Terminated.builder(Instant.EPOCH);
        if (reason != null) {
            end.reason(reason);
        }
        if (kind != null) {
            end.kind(kind);
        }

        assertThat(delivered.isDirectStep(end.build())).isEqualTo(direct);
    }
}
