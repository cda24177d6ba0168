package com.jamsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaneVocabularyTest {

    static List<UnaryOperator<PlaneOptions.Builder>> options() {
        return List.of(
                builder -> builder.namespace("n"),
                builder -> builder.keyTag("t"),
                builder -> builder.backendId("b-1"),
                builder -> builder.pool("p"),
                builder -> builder.subdomain("s"),
                builder -> builder.staticToken(true),
                builder -> builder.network("n"));
    }

    @ParameterizedTest
    @MethodSource("options")
    void optionsAreAValueOfAllTheirParts(UnaryOperator<PlaneOptions.Builder> option) {
        PlaneOptions none = PlaneOptions.builder().build();
        PlaneOptions one = option.apply(PlaneOptions.builder()).build();
        assertThat(one)
                .isNotEqualTo(none)
                .isEqualTo(option.apply(PlaneOptions.builder()).build())
                .hasSameHashCodeAs(option.apply(PlaneOptions.builder()).build());
        assertThat(one.toString()).isNotEqualTo(none.toString());
        assertThat(one).isNotEqualTo("options");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "B", "a_b", "a.b", "ä", "a b", "a/b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void refusesIdsThatPlaneCannotHold(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlaneOptions.builder().backendId(id))
                .withMessageContaining("1 to 45");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "a.b", "a_b", "ä"})
    void refusesSubdomainsThatAreNone(String subdomain) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlaneOptions.builder().subdomain(subdomain));
    }

    @Test
    void takesTheLongestNames() {
        PlaneOptions options = PlaneOptions.builder()
                .backendId("a".repeat(45))
                .subdomain("a".repeat(63))
                .build();
        assertThat(options.backendId()).hasSize(45);
        assertThat(options.subdomain()).hasSize(63);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlaneOptions.builder().subdomain("a".repeat(64)));
    }

    @Test
    void refusesBlankWords() {
        PlaneOptions.Builder options = PlaneOptions.builder();
        assertThatIllegalArgumentException().isThrownBy(() -> options.namespace(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> options.keyTag(""));
        assertThatIllegalArgumentException().isThrownBy(() -> options.pool(""));
        assertThatIllegalArgumentException().isThrownBy(() -> options.network(""));
        PlaneSettings.Builder settings = PlaneSettings.builder(URI.create("http://c"));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.image(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.cluster(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.pool(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.namespace(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.registry(" ", "p"));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.maxIdle(Duration.ofMillis(1)));
        assertThatNullPointerException().isThrownBy(() -> settings.registry("u", null));
        assertThatNullPointerException().isThrownBy(() -> settings.pullPolicy(null));
        assertThatNullPointerException().isThrownBy(() -> PlaneSettings.builder(null));
    }

    @Test
    void settingsLimitIdlenessUnlessToldOtherwise() {
        PlaneSettings settings = PlaneSettings.builder(URI.create("http://c")).build();
        assertThat(settings.maxIdle()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.controller()).isEqualTo(URI.create("http://c"));
        assertThat(settings.image()).isNull();
        assertThat(settings.pullPolicy()).isNull();
        assertThat(settings.cluster()).isNull();
        assertThat(settings.pool()).isNull();
        assertThat(settings.namespace()).isNull();
        assertThat(settings.registry()).isNull();
    }

    static List<UnaryOperator<PlaneSettings.Builder>> settings() {
        return List.of(
                builder -> builder.image("i"),
                builder -> builder.pullPolicy(PlaneSettings.PullPolicy.NEVER),
                builder -> builder.cluster("c"),
                builder -> builder.pool("p"),
                builder -> builder.namespace("n"),
                builder -> builder.registry("u", "p"),
                builder -> builder.maxIdle(Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void settingsAreAValueOfAllTheirParts(UnaryOperator<PlaneSettings.Builder> setting) {
        PlaneSettings none = PlaneSettings.builder(URI.create("http://c")).build();
        PlaneSettings one =
                setting.apply(PlaneSettings.builder(URI.create("http://c"))).build();
        assertThat(one)
                .isNotEqualTo(none)
                .isEqualTo(setting.apply(none.toBuilder()).build())
                .hasSameHashCodeAs(setting.apply(none.toBuilder()).build())
                .isEqualTo(one.toBuilder().build());
        assertThat(one.toString()).isNotEqualTo(none.toString());
        assertThat(one).isNotEqualTo("settings");
        assertThat(PlaneSettings.builder(URI.create("http://d")).build()).isNotEqualTo(none);
    }

    @Test
    void settingsShowNoCredentials() {
        PlaneSettings settings = PlaneSettings.builder(URI.create("https://S3CRET@c:8080/base?x=S3CRET"))
                .image("x/y")
                .registry("ann", "S3CRET")
                .build();
        assertThat(settings.toString()).contains("https://c:8080,", "x/y").doesNotContain("S3CRET");
        assertThat(settings.registry()).hasToString("Credentials[username=ann]");
        assertThat(PlaneSettings.builder(URI.create("http://c")).build().toString())
                .contains("http://c,");
    }
}
