package com.jamsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpawnOptionsTest {

    private static SpawnOptions.Builder full() {
        return SpawnOptions.builder()
                .tag("v1")
                .cluster("eu")
                .lifetimeLimit(Duration.ofHours(1))
                .maxIdle(Duration.ofMinutes(1))
                .mount("data")
                .env("A", "S3CRET")
                .resourceLimits(ResourceLimits.builder().cpuPeriodPercent(1).build());
    }

    static List<UnaryOperator<SpawnOptions.Builder>> changes() {
        return List.of(
                builder -> builder.tag("v2"),
                builder -> builder.cluster("us"),
                builder -> builder.lifetimeLimit(Duration.ofHours(2)),
                builder -> builder.maxIdle(Duration.ofMinutes(2)),
                builder -> builder.mount("other"),
                builder -> builder.mount(true),
                builder -> builder.mount(false),
                builder -> builder.env("A", "b"),
                builder -> builder.resourceLimits(ResourceLimits.builder().build()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isAValueOfAllItsParts(UnaryOperator<SpawnOptions.Builder> change) {
        SpawnOptions options = full().build();
        assertThat(options).isEqualTo(full().build()).hasSameHashCodeAs(full().build());
        assertThat(change.apply(full()).build()).isNotEqualTo(options);
        assertThat(options).isNotEqualTo("v1");
    }

    @Test
    void showsNamesOfVariablesButNoValues() {
        assertThat(full().build().toString()).contains("v1", "env=[A]").doesNotContain("S3CRET");
    }

    @Test
    void keepsVariablesInOrderAndLetsLaterOnesWin() {
        SpawnOptions.Builder builder = SpawnOptions.builder().env("B", "1").env("A", "2");
        SpawnOptions options = builder.build();
        assertThat(builder.env(Map.of("B", "3")).build().env())
                .containsExactly(Map.entry("B", "3"), Map.entry("A", "2"));
        assertThat(options.env()).containsExactly(Map.entry("B", "1"), Map.entry("A", "2"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> options.env().clear());
    }

    @Test
    void refusesReservedVariablesAndNamesThemAll() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpawnOptions.builder().env(Map.of("PORT", "1", "SESSION_BACKEND_KEY", "k", "A", "b")))
                .withMessageContaining("PORT, SESSION_BACKEND_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A=B"})
    void refusesWhatIsNoNameOfAVariable(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpawnOptions.builder().env(name, "x"));
    }

    static Stream<Duration> refusedLimits() {
        return Stream.of(
                Duration.ZERO,
                Duration.ofSeconds(-1),
                Duration.ofMillis(1500),
                Duration.ofSeconds(Integer.MAX_VALUE + 1L));
    }

    @ParameterizedTest
    @MethodSource("refusedLimits")
    void refusesLimitsThatTheWireCannotHold(Duration limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpawnOptions.builder().lifetimeLimit(limit))
                .withMessageStartingWith("lifetimeLimit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpawnOptions.builder().maxIdle(limit))
                .withMessageStartingWith("maxIdle");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResourceLimits.builder().cpuTimeLimit(limit))
                .withMessageStartingWith("cpuTimeLimit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/data"})
    void refusesPathsThatAreNotRelative(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpawnOptions.builder().mount(path))
                .withMessageStartingWith("mount");
    }

    @Test
    void refusesBlankWordsAndNull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpawnOptions.builder().tag(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpawnOptions.builder().cluster(""));
        assertThatNullPointerException().isThrownBy(() -> SpawnOptions.builder().mount(null));
        assertThatNullPointerException().isThrownBy(() -> SpawnOptions.builder().resourceLimits(null));
    }

    static List<UnaryOperator<ResourceLimits.Builder>> limits() {
        return List.of(
                builder -> builder.cpuPeriod(Duration.ofMillis(2)),
                builder -> builder.cpuPeriodPercent(0),
                builder -> builder.cpuTimeLimit(Duration.ofSeconds(2)),
                builder -> builder.memoryLimitBytes(2),
                builder -> builder.diskLimitBytes(2));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void resourceLimitsAreAValueOfAllTheirParts(UnaryOperator<ResourceLimits.Builder> limit) {
        ResourceLimits none = ResourceLimits.builder().build();
        ResourceLimits one = limit.apply(ResourceLimits.builder()).build();
        assertThat(one)
                .isNotEqualTo(none)
                .isEqualTo(limit.apply(ResourceLimits.builder()).build())
                .hasSameHashCodeAs(limit.apply(ResourceLimits.builder()).build());
        assertThat(one.toString()).isNotEqualTo(none.toString());
        assertThat(one).isNotEqualTo("limits");
    }

    @Test
    void refusesLimitsOutOfRange() {
        ResourceLimits.Builder limits = ResourceLimits.builder();
        assertThatIllegalArgumentException().isThrownBy(() -> limits.cpuPeriod(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> limits.cpuPeriod(Duration.ofNanos(1500)));
        assertThatIllegalArgumentException().isThrownBy(() -> limits.cpuPeriodPercent(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> limits.cpuPeriodPercent(256));
        assertThatIllegalArgumentException().isThrownBy(() -> limits.memoryLimitBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> limits.diskLimitBytes(-1));
        assertThat(limits.cpuPeriodPercent(255).build().cpuPeriodPercent()).isEqualTo(255);
    }
}
