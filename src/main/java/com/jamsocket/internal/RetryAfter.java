package com.jamsocket.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}, in seconds or as a date (RFC 9110, section 10.2.3). */
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /** Servers are heard, but not for longer than this: a slip of theirs, or of a clock, must not silence a client. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private RetryAfter() {}

    /** For how long a server is left alone that asks for so much; none if it does not ask. */
    public static Duration heeded(@Nullable Duration asked) {
        return asked == null ? Duration.ZERO : Deadline.min(asked, LONGEST);
    }

    /**
     * How long the server asks to wait, {@link Deadline#LONGEST} at most; null if it does not say, or says it in a way
     * nobody understands.
     */
    public static @Nullable Duration parse(@Nullable String value, Instant now) {
        String text = value == null ? "" : value.strip();
        if (SECONDS.matcher(text).matches()) {
            return Deadline.min(Duration.ofSeconds(Long.parseLong(text)), Deadline.LONGEST);
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return date.isAfter(now) ? Deadline.min(Duration.between(now, date), Deadline.LONGEST) : Duration.ZERO;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
