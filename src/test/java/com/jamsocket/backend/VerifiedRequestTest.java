package com.jamsocket.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedRequestTest {

    private static final Map<String, String> HEADERS = Map.of(
            "x-verified-username", "ann",
            "x-verified-user-data", "{\"role\":\"editor\",\"level\":3}",
            "x-verified-secret", "S3CRET",
            "x-verified-path", "/S3CRET/doc",
            "x-verified-backend", "b1");

    private static final VerifiedRequest NOTHING = VerifiedRequest.of(Map.of());

    private static VerifiedRequest with(String name, String value) {
        return VerifiedRequest.of(Map.of(name, List.of(value)));
    }

    @Test
    void readsWhatTheProxyVouchesFor() {
        VerifiedRequest request = VerifiedRequest.of(HEADERS::get);
        assertThat(request.username()).isEqualTo("ann");
        assertThat(request.userData()).isEqualTo(Map.of("role", "editor", "level", 3));
        assertThat(request.path()).isEqualTo("/S3CRET/doc");
        assertThat(request.backendId()).isEqualTo("b1");
        assertThat(request.hasSecret("S3CRET")).isTrue();
    }

    /** As the proxy sends it, and a server reads it that takes each byte for a character, which is the rule of HTTP. */
    private static String asServersReadIt(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"änn", "Ἄννα", "安娜", "🦊 ann", "ann\tlee", "ÿ", "Ã¤nn"})
    void readsWhatTheProxySendsInRawUtf8(String text) {
        VerifiedRequest request = VerifiedRequest.of(Map.of(
                "x-verified-username",
                asServersReadIt(text),
                "x-verified-user-data",
                asServersReadIt("{\"name\":\"" + text.replace('\t', ' ') + "\"}"))::get);

        assertThat(request.username()).isEqualTo(text);
        assertThat(request.userData()).isEqualTo(Map.of("name", text.replace('\t', ' ')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"änn", "Ἄννα", "ann", "Müller-Lüdenscheidt", "100 % ÃÃ", "Ã", "\u00c3(", "\u00c0\u0080"})
    void leavesWhatAServerHasDecodedAlready(String text) {
        assertThat(with("x-verified-username", text).username()).isEqualTo(text);
    }

    @Test
    void readsNamesInAnyLetterCase() {
        VerifiedRequest request = VerifiedRequest.of(
                Map.of("X-Verified-Username", List.of("ann"), "Accept", List.of("*/*", "text/html")));
        assertThat(request.username()).isEqualTo("ann");
    }

    @Test
    void putsUpWithMissingHeaders() {
        assertThat(NOTHING.username()).isNull();
        assertThat(NOTHING.userData()).isNull();
        assertThat(NOTHING.path()).isNull();
        assertThat(NOTHING.backendId()).isNull();
        assertThat(with("x-verified-user-data", "{}").userData()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S3CRE", "S3CRETS", "s3cret", "S3CRÉT"})
    void refusesAnotherSecret(String other) {
        assertThat(VerifiedRequest.of(HEADERS::get).hasSecret(other)).isFalse();
    }

    @Test
    void noSecretIsNeverTheRightOne() {
        assertThat(NOTHING.hasSecret("")).isFalse();
        assertThat(NOTHING.hasSecret("S3CRET")).isFalse();
        assertThat(with("x-verified-secret", "").hasSecret("")).isFalse();
    }

    @Test
    void refusesHeadersThatTheProxyDoesNotSend() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerifiedRequest.of(Map.of("x-verified-secret", List.of("a", "b"))))
                .withMessageContaining("x-verified-secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with("x-verified-user-data", "[\"PERSONAL\"]"))
                .withMessageContaining("x-verified-user-data")
                .withMessageNotContaining("PERSONAL")
                .withNoCause();
    }

    @Test
    void showsNothingOfTheUser() {
        assertThat(VerifiedRequest.of(HEADERS::get)).hasToString("VerifiedRequest[backendId=b1]");
    }

    @Test
    void cannotBeChanged() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> VerifiedRequest.of(HEADERS::get).userData().put("role", "owner"));
    }
}
