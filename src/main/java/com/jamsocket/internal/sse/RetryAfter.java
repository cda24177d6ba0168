package com.jamsocket.internal.sse;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** The header {@code Retry-After}, in seconds or as a date (RFC 9110). */
final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private RetryAfter() {}

    /** How long the server asks to wait; zero if it does not say, or says it in a way nobody understands. */
    static Duration of(HttpHeaders headers, Instant now) {
        return headers.firstValue("Retry-After")
                .map(value -> of(value.strip(), now))
                .orElse(Duration.ZERO);
    }

    private static Duration of(String value, Instant now) {
        if (SECONDS.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
        } catch (DateTimeException notADate) {
            return Duration.ZERO;
        }
    }
}
