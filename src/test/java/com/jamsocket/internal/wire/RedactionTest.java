package com.jamsocket.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @Test
    void hidesWhatComesAgainAndAgain() {
        Secrets.received("hush-again");
        for (int number = 0; number < 1_000; number++) {
            Secrets.received("given-out-" + number);
            Secrets.received("hush-again");
        }
        assertThat(Redaction.of("see hush-again")).doesNotContain("hush-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":\"S3CRET\"}",
                "{\"token\" : \"S3CRET\"}",
                "{\"token\":\"S3CRET",
                "{\"token\":\"S3CRET\\",
                "{\"token\":\"x\\\"S3CRET\"}",
                "{\"token\":\"x\\\\\",\"secret_token\":\"S3CRET\"}",
                "{\"token\":[\"S3CRET\"]}",
                "{\"token\":{\"value\":\"S3CRET\"}}",
                "{\"tokens\":[\"a\",\"S3CRET\"]}",
                "{\"connectionToken\":\"S3CRET\"}",
                "{\"a\":[{\"b\":{\"secret_token\":\"S3CRET\"}}]}",
                "{'secret_token':'S3CRET'}",
                "{\"url\":\"S3CRET/with space S3CRET\"}",
                "{\"url\":\"https://host/S3CRET/\"}",
                "{\"ready_url\":\"https://host/knrv5/S3CRET/\"}",
                "{\"x\":\"see https://host:9090/S3CRET/path?q=S3CRET for more\"}",
                "{\"x\":\"https:\\/\\/host\\/S3CRET\\/\"}",
                "{\"password\":\"S3CRET\",\"username\":\"u\"}",
                "{\"message\":\"{\\\"token\\\":\\\"S3CRET\\\"}\"}",
                "{\"message\":\"{\\\"token\\\":\\\"S3CRET",
                "{\"m\":\"{\\\"m\\\":\\\"{\\\\\\\"token\\\\\\\":\\\\\\\"S3CRET\\\\\\\"}\\\"}\"}",
                "Authorization: Bearer S3CRET",
                "Authorization: Basic S3CRET",
                "authorization=S3CRET",
                "Bearer S3CRET",
                "bearer   S3CRET, and more",
                "{\"headers\":{\"x-verified-secret\":\"S3CRET\"}}",
                "token=S3CRET&user=ann",
                "<a href='https://host/S3CRET'>",
                "<td>secret: S3CRET</td>",
                "invalid value for `token`: \"S3CRET\"",
                "api_key = S3CRET",
            })
    void takesOutSecretsHoweverTheTextIsCut(String text) {
        assertThat(Redaction.of(text)).doesNotContain("S3CRET").contains("<redacted>");
        for (int length = text.length(); length > 0; length--) {
            assertThat(Redaction.of(text.substring(0, length))).doesNotContain("S3CRET");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "see wss://S3CRET@host/",
                "see http://user:S3CRET@host/x",
                "Zm9vYmFyQmF6S3CRET0xMjM0NTY3ODkwYWJjZGVm-_0",
                "s.Zm9vYmFyQmF6S3CRET0xMjM0NTY3ODkwYWJjZGVm-_0",
            })
    void takesOutWhatLooksLikeASecret(String text) {
        assertThat(Redaction.of(text)).doesNotContain("S3CRET").contains("redacted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"q1w2e3r4t5y6u7\",\"kind\":\"KeyHeld\",\"message\":\"Lock is held but tag does not match.\"}",
                "{\"backend_id\":\"b1\",\"secret_token\":null,\"spawned\":true}",
                "Expected request with `Content-Type: application/json`",
                "Failed to deserialize the JSON body into the target type: auth: invalid type: null, expected a map",
                "Bearer token required",
                "no image sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b",
                "error id 123e4567-e89b-12d3-a456-426614174000",
                "http://localhost:8080 is not there",
            })
    void leavesTheRestAlone(String text) {
        assertThat(Redaction.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"token":"a","status":"ready"}            | {"token":"<redacted>","status":"ready"}
            {"m":"{\\"token\\":\\"a\\",\\"x\\":1}"}   | {"m":"{\\"token\\":\\"<redacted>\\",\\"x\\":1}"}
            GET https://b.example:81/t/x?y failed     | GET https://b.example:81/<redacted> failed
            Authorization: Bearer abc                 | Authorization: Bearer <redacted>
            """)
    void showsWhatIsAround(String text, String expected) {
        assertThat(Redaction.of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "\\",
                "\"",
                "\\\"",
                "token",
                "token:",
                "token=\"",
                "http://",
                "https://a",
                "Bearer ",
                "aA1-",
                "[",
                " "
            })
    void isNotHeldUpByLargeText(String part) {
        String large = part.repeat(200_000 / part.length());
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Redaction.of(large));
    }

    @Test
    void excerptsAreOneLineOfAtMost200Characters() {
        assertThat(Redaction.excerpt(" a\r\n\tb\0c ")).isEqualTo("a b c");
        assertThat(Redaction.excerpt("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(Redaction.excerpt("x".repeat(201))).isEqualTo("x".repeat(199) + "…");
        assertThat(Redaction.excerpt("x".repeat(198) + "😀😀")).isEqualTo("x".repeat(198) + "…");
        assertThat(Redaction.excerpt("x".repeat(197) + "😀😀")).isEqualTo("x".repeat(197) + "😀…");
    }

    @Test
    void aSecretAcrossTheCutIsNotShown() {
        for (int before = 150; before < 220; before++) {
            String text = "[" + "1,".repeat(before / 2) + "{\"token\":\"S3CRETS3CRETS3CRET\"}]";
            assertThat(Redaction.excerpt(text)).hasSizeLessThanOrEqualTo(200).doesNotContain("S3C");
        }
    }
}
