package com.jamsocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "1, PT1S",
        "' 120 ', PT2M",
        "0, PT0S",
        "'Sun, 01 Nov 2026 10:00:07 GMT', PT7S",
        "'Sun, 01 Nov 2026 09:00:00 GMT', PT0S"
    })
    void readsSecondsAndDates(String value, Duration expected) {
        assertThat(RetryAfter.parse(value, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999"})
    void takesWhatNobodyUnderstandsForNothing(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isNull();
    }
}
