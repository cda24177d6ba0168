package com.jamsocket.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendEnvironmentTest {

    private static final Map<String, String> ENV = Map.of(
            "PORT", "9000",
            "SESSION_BACKEND_ID", "b1",
            "SESSION_BACKEND_KEY", "doc/42",
            "SESSION_BACKEND_FENCING_TOKEN", "17S3CRET",
            "SESSION_BACKEND_STATIC_TOKEN", "s.S3CRET",
            "JAMSOCKET_SERVICE", "svc",
            "HOME", "/root");

    @Test
    void readsWhatThePlatformSets() {
        assertThat(BackendEnvironment.of(ENV))
                .isEqualTo(new BackendEnvironment(9000, "b1", "doc/42", "17S3CRET", "s.S3CRET", "svc"));
    }

    @Test
    void canBeTriedByHand() {
        assertThat(BackendEnvironment.of(Map.of()))
                .isEqualTo(new BackendEnvironment(8080, null, null, null, null, null));
        assertThat(BackendEnvironment.current().port()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "99x", "0", "65536", "-1", "8080.0"})
    void refusesWhatIsNoPort(String port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackendEnvironment.of(Map.of("PORT", port)))
                .withMessageStartingWith("PORT must be");
    }

    @Test
    void showsNoTokens() {
        assertThat(BackendEnvironment.of(ENV).toString())
                .contains("9000", "b1", "doc/42")
                .doesNotContain("S3CRET");
    }
}
