package com.jamsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BackendStatusTest {

    private static final List<String> LIFE = List.of(
            "scheduled", "loading", "starting", "waiting", "ready", "terminating", "hard-terminating", "terminated");

    @Test
    void standsInTheOrderOfABackendsLife() {
        List<BackendStatus> statuses = LIFE.stream().map(BackendStatus::of).toList();
        for (int i = 0; i < statuses.size(); i++) {
            for (int j = 0; j < statuses.size(); j++) {
                assertThat(statuses.get(i).isAfter(statuses.get(j))).isEqualTo(i > j);
            }
        }
        assertThat(Arrays.stream(BackendStatus.values()).map(BackendStatus::wireName))
                .containsAll(LIFE)
                .hasSize(LIFE.size() + 1);
    }

    @ParameterizedTest
    @EnumSource
    void isReadFromItsOwnWord(BackendStatus status) {
        assertThat(BackendStatus.of(status.wireName())).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"paused", "READY", "hard_terminating", "''"})
    void anyOtherWordIsUnknownAndHasNoPlaceInTheOrder(String word) {
        BackendStatus status = BackendStatus.of(word);
        assertThat(status).isEqualTo(BackendStatus.UNKNOWN);
        assertThat(status.isAfter(BackendStatus.SCHEDULED)).isFalse();
        assertThat(BackendStatus.TERMINATED.isAfter(status)).isFalse();
        assertThat(status.isEnding() || status.isTerminal()).isFalse();
    }

    @Test
    void knowsTheEnd() {
        assertThat(Arrays.stream(BackendStatus.values()).filter(BackendStatus::isTerminal))
                .containsExactly(BackendStatus.TERMINATED);
        assertThat(Arrays.stream(BackendStatus.values()).filter(BackendStatus::isEnding))
                .containsExactly(BackendStatus.TERMINATING, BackendStatus.HARD_TERMINATING, BackendStatus.TERMINATED);
        assertThatNullPointerException().isThrownBy(() -> BackendStatus.of(null));
    }
}
