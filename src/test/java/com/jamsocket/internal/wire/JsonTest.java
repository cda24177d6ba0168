package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.jamsocket.JamsocketProtocolException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {

    static Stream<String> malformed() {
        return Stream.of(
                "",
                " ",
                "null",
                "true",
                "7",
                "\"text\"",
                "[]",
                "[{}]",
                "{",
                "{\"a\"",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{'a':1}",
                "{\"a\":\"x\ny\"}",
                "{\"a\":1} {}",
                "{\"a\":1} x",
                "<html><body>Bad Gateway</body></html>",
                "{\"a\":".repeat(50_000),
                "{\"a\":" + "[".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatIsNoObject(String text) {
        assertThatExceptionOfType(JamsocketProtocolException.class)
                .isThrownBy(() -> Json.readObject(text))
                .withMessageContaining("not a JSON object")
                .withNoCause()
                .satisfies(e -> assertThat(e.isRetryable()).isFalse())
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(260));
    }

    @Test
    void refusesEveryTruncation() {
        String whole =
                "{\"backend_id\":\"b\",\"token\":\"SECRET-1\",\"url\":\"https://h/SECRET-2/\",\"n\":[1,{\"x\":null}]}";
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            assertThatExceptionOfType(JamsocketProtocolException.class)
                    .isThrownBy(() -> Json.readObject(cut))
                    .withMessageNotContaining("SECR");
        }
        assertThat(Json.readObject(whole)).hasSize(4);
    }

    @Test
    void readsUtf8AndPutsUpWithOtherBytes() {
        assertThat(Json.readObject("{\"a\":\"ü€😀\"}").getString("a")).isEqualTo("ü€😀");
        byte[] latin1 = "{\"a\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Json.readObject(latin1).getString("a")).isEqualTo("\uFFFD");
    }

    @Test
    void readsNumbersInTheNarrowestType() {
        assertThat(Json.toMap(Json.readObject("{\"a\":1,\"b\":9223372036854775807,\"c\":9223372036854775808,"
                        + "\"d\":1.0,\"e\":1e2,\"f\":-2147483648,\"g\":[null,true,{}]}")))
                .hasToString("{a=1, b=9223372036854775807, c=9223372036854775808, d=1.0, e=1E+2, f=-2147483648,"
                        + " g=[null, true, {}]}")
                .containsEntry("a", 1)
                .containsEntry("b", Long.MAX_VALUE)
                .containsEntry("c", new BigDecimal("9223372036854775808"))
                .containsEntry("d", new BigDecimal("1.0"))
                .containsEntry("f", Integer.MIN_VALUE);
    }
}
