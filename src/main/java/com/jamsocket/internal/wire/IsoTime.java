package com.jamsocket.internal.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;

/**
 * Times as text of ISO 8601. What servers write, {@code 2024-11-04T20:42:21.123Z}, is read digit by digit: the JDK's
 * formatter takes ten times as long, and more than all the rest of a state.
 */
final class IsoTime {

    /** The form of JavaScript's {@code Date.toISOString}. */
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final String SHAPE = "0000-00-00T00:00:00";
    private static final int NANO_DIGITS = 9;

    private IsoTime() {}

    /**
     * Any offset and precision; without an offset the time is in UTC.
     *
     * @throws DateTimeException if it is no time
     */
    static Instant parse(String text) {
        if (isUsual(text)) {
            return usual(text);
        }
        TemporalAccessor parsed =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime offset
                ? offset.toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
    }

    /** Whether it has four digits of a year, seconds, at most nine digits of a fraction, and is in UTC. */
    private static boolean isUsual(String text) {
        int end = text.length() - 1;
        if (end < SHAPE.length() || text.charAt(end) != 'Z') {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char expected = SHAPE.charAt(i);
            if (expected == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != expected) {
                return false;
            }
        }
        int digits = end - SHAPE.length() - 1;
        if (digits < 0) {
            return true;
        }
        boolean fraction = text.charAt(SHAPE.length()) == '.' && digits > 0 && digits <= NANO_DIGITS;
        for (int i = SHAPE.length() + 1; fraction && i < end; i++) {
            fraction = isDigit(text.charAt(i));
        }
        return fraction;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static Instant usual(String text) {
        int fraction = SHAPE.length() + 1;
        int digits = text.length() - 1 - fraction;
        int nanos = digits < 1 ? 0 : number(text, fraction, text.length() - 1);
        for (int i = Math.max(digits, 0); i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        nanos)
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int start, int end) {
        return Integer.parseInt(text, start, end, 10);
    }

    /** Milliseconds, as JavaScript writes them, unless the time is finer. */
    static String format(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).equals(time) ? MILLIS.format(time) : time.toString();
    }
}
