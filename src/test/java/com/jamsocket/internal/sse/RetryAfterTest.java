package com.jamsocket.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | PT1S",
                "120 | PT2M",
                "0 | PT0S",
                "'Sun, 01 Nov 2026 10:00:07 GMT' | PT7S",
                "'Sun, 01 Nov 2026 09:00:00 GMT' | PT0S",
                "soon | PT0S",
                "-1 | PT0S",
                "1.5 | PT0S",
                "99999999999999999999 | PT0S"
            })
    void readsSecondsAndDatesAndIgnoresTheRest(String value, Duration expected) {
        assertThat(RetryAfter.of(headers(Map.of("Retry-After", List.of(value))), NOW))
                .isEqualTo(expected);
    }

    @Test
    void isNothingWhereTheServerSaysNothing() {
        assertThat(RetryAfter.of(headers(Map.of()), NOW)).isZero();
    }

    private static HttpHeaders headers(Map<String, List<String>> headers) {
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
