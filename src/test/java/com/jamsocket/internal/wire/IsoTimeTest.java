package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    private static final long FIRST = -62_167_219_200_000L;
    private static final long LAST = 253_402_300_799_999L;

    @Property
    void readsWhatTheJdkWrites(
            @ForAll @LongRange(min = FIRST, max = LAST) long millis, @ForAll @LongRange(max = 999_999) long nanos) {
        Instant time = Instant.ofEpochMilli(millis).plusNanos(nanos);
        assertThat(IsoTime.parse(time.toString())).isEqualTo(time);
        assertThat(IsoTime.parse(time.truncatedTo(ChronoUnit.SECONDS).toString()))
                .isEqualTo(time.truncatedTo(ChronoUnit.SECONDS));
    }

    @Property
    void readsWhatItWrites(@ForAll @LongRange(min = FIRST, max = LAST) long millis) {
        Instant time = Instant.ofEpochMilli(millis);
        assertThat(IsoTime.format(time)).hasSize("2024-11-04T20:42:21.123Z".length());
        assertThat(IsoTime.parse(IsoTime.format(time))).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-04T20:42:21Z, 2024-11-04T20:42:21Z",
        "2024-11-04T20:42:21.5Z, 2024-11-04T20:42:21.500Z",
        "2024-11-04T20:42:21.123456789Z, 2024-11-04T20:42:21.123456789Z",
        "2024-02-29T00:00:00.000Z, 2024-02-29T00:00:00Z",
        "2024-11-04T20:42Z, 2024-11-04T20:42:00Z",
        "2024-11-04T20:42:21.123, 2024-11-04T20:42:21.123Z",
        "2024-11-04T21:42:21.123+01:00, 2024-11-04T20:42:21.123Z",
        "2024-11-04T20:42:21.123z, 2024-11-04T20:42:21.123Z",
        "2024-11-04T20:42:21.Z, 2024-11-04T20:42:21Z",
        "+12024-11-04T20:42:21Z, +12024-11-04T20:42:21Z",
    })
    void readsEachForm(String text, Instant time) {
        assertThat(IsoTime.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2024-11-04",
                "2024-11-04T20:42:21.1234567891Z",
                "2024-11-04T20:42:21.12x456789Z",
                "2024-13-04T20:42:21Z",
                "2023-02-29T20:42:21Z",
                "2024-11-04T24:00:00Z",
                "2024-11-04T20:42:60Z",
                "2024-11-04 20:42:21Z",
                "2024-11-04T20:42:21,1Z",
                "\u0662\u0660\u0662\u0664-11-04T20:42:21Z",
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> IsoTime.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @Example
    void takesAnOffsetAsTheJdkDoes() {
        String text = "2024-11-04T20:42:21.123-11:30";
        assertThat(IsoTime.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
    }
}
