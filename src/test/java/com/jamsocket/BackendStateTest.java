package com.jamsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackendStateTest {

    private static final Instant TIME = Instant.ofEpochSecond(1);

    static Stream<Function<Instant, BackendState>> variants() {
        return Stream.of(
                BackendState.Scheduled::new,
                BackendState.Loading::new,
                BackendState.Starting::new,
                BackendState.Waiting::new,
                BackendState.Ready::new,
                time -> new BackendState.Terminating(time, TerminationReason.SWEPT),
                time -> new BackendState.HardTerminating(time, TerminationReason.SWEPT),
                time -> new BackendState.Terminated(time, TerminationReason.SWEPT, TerminationKind.SOFT, null),
                time -> new BackendState.Unknown(time, "paused", "{}"));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everyVariantHasItsTimeAndIsAValue(Function<Instant, BackendState> variant) {
        BackendState state = variant.apply(TIME);
        assertThat(state.time()).isEqualTo(TIME);
        assertThat(state).isEqualTo(variant.apply(TIME)).hasSameHashCodeAs(variant.apply(TIME));
        assertThat(state).isNotEqualTo(variant.apply(TIME.plusMillis(1)));
        assertThatNullPointerException().isThrownBy(() -> variant.apply(null)).withMessage("time");
    }

    @Test
    void everyStatusHasItsVariant() {
        List<BackendStatus> statuses =
                variants().map(variant -> variant.apply(TIME).status()).toList();
        assertThat(statuses).containsExactly(BackendStatus.values());
        assertThat(variants().map(variant -> variant.apply(TIME).statusName()))
                .contains("hard-terminating", "paused")
                .doesNotContain("unknown");
    }

    @Test
    void readsTheWordsBesideTheConstants() {
        BackendState.Terminating soft = new BackendState.Terminating(TIME, "key_expired", "soft");
        assertThat(soft.reason()).isEqualTo(TerminationReason.KEY_EXPIRED);
        assertThat(soft.kind()).isEqualTo(TerminationKind.SOFT);
        BackendState.HardTerminating hard = new BackendState.HardTerminating(TIME, "moved", "gentle");
        assertThat(hard.reason()).isEqualTo(TerminationReason.UNKNOWN);
        assertThat(hard.kind()).isEqualTo(TerminationKind.UNKNOWN);
        BackendState.Terminated ended = new BackendState.Terminated(TIME, "lost", "hard", null, null, "ready");
        assertThat(ended.reason()).isEqualTo(TerminationReason.LOST);
        assertThat(ended.kind()).isEqualTo(TerminationKind.HARD);
        assertThat(ended.lastStatus()).isEqualTo(BackendStatus.READY);
    }

    @Test
    void detailsMayBeMissing() {
        BackendState.Terminated ended = new BackendState.Terminated(TIME, null, null, null);
        assertThat(ended).isEqualTo(new BackendState.Terminated(TIME, null, null, null, null, null));
        assertThat(ended.reason()).isNull();
        assertThat(ended.kind()).isNull();
        assertThat(ended.lastStatus()).isNull();
        assertThat(ended.exitError()).isNull();
        assertThat(new BackendState.Terminating(TIME, null, null).reason()).isNull();
        assertThat(new BackendState.HardTerminating(TIME, null, null).kind()).isNull();
    }

    @Test
    void anExitCodeTellsOfAnError() {
        assertThat(new BackendState.Terminated(TIME, null, null, null, 0, null).exitError())
                .isFalse();
        assertThat(new BackendState.Terminated(TIME, null, null, null, 137, null).exitError())
                .isTrue();
        assertThat(new BackendState.Terminated(TIME, null, null, false, 137, null).exitError())
                .isFalse();
    }

    @Test
    void aKnownStatusIsNeverUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackendState.Unknown(TIME, "ready", "{}"))
                .withMessageContaining("ready");
        assertThatNullPointerException().isThrownBy(() -> new BackendState.Unknown(TIME, "paused", null));
    }
}
