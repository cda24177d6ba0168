package com.jamsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TerminationTest {

    @ParameterizedTest
    @CsvSource({
        "swept, SWEPT",
        "external, EXTERNAL",
        "External, EXTERNAL",
        "keyexpired, KEY_EXPIRED",
        "key_expired, KEY_EXPIRED",
        "key-expired, KEY_EXPIRED",
        "KeyExpired, KEY_EXPIRED",
        "lost, LOST",
        "startuptimeout, STARTUP_TIMEOUT",
        "startup_timeout, STARTUP_TIMEOUT",
        "internalerror, INTERNAL_ERROR",
        "internal_error, INTERNAL_ERROR",
        "errorwaiting, INTERNAL_ERROR",
        "error_waiting, INTERNAL_ERROR",
        "moved, UNKNOWN",
        "'', UNKNOWN",
    })
    void readsEverySpellingOfAReason(String word, TerminationReason reason) {
        assertThat(TerminationReason.of(word)).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource
    void writesReasonsWithoutSeparators(TerminationReason reason) {
        assertThat(reason.wireName())
                .isEqualTo(reason.name().toLowerCase(Locale.ROOT).replace("_", ""));
        assertThat(TerminationReason.of(reason.wireName())).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"soft, SOFT", "hard, HARD", "Hard, HARD", "gentle, UNKNOWN", "'', UNKNOWN"})
    void readsKinds(String word, TerminationKind kind) {
        assertThat(TerminationKind.of(word)).isEqualTo(kind);
    }
}
