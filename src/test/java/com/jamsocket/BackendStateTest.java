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
                BackendState::scheduled,
                BackendState::loading,
                BackendState::starting,
                BackendState::waiting,
                BackendState::ready,
                time -> BackendState.terminating(time, TerminationReason.SWEPT),
                time -> BackendState.hardTerminating(time, TerminationReason.SWEPT),
                time -> BackendState.Terminated.builder(time)
                        .reason(TerminationReason.SWEPT)
                        .kind(TerminationKind.SOFT)
                        .build(),
                time -> BackendState.unknown(time, "paused", "{}"));
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
        BackendState.Terminated ended = BackendState.Terminated.builder(TIME)
                .reasonName("lost")
                .kindName("hard")
                .lastStatusName("ready")
                .build();
        assertThat(ended.reason()).isEqualTo(TerminationReason.LOST);
        assertThat(ended.kind()).isEqualTo(TerminationKind.HARD);
        assertThat(ended.lastStatus()).isEqualTo(BackendStatus.READY);
    }

    @Test
    void detailsMayBeMissing() {
        BackendState.Terminated ended = BackendState.terminated(TIME);
        assertThat(ended).isEqualTo(new BackendState.Terminated(TIME, null, null, null, null, null));
        assertThat(ended.reason()).isNull();
        assertThat(ended.kind()).isNull();
        assertThat(ended.lastStatus()).isNull();
        assertThat(ended.exitError()).isNull();
        assertThat(BackendState.terminating(TIME, null).reason()).isNull();
        assertThat(BackendState.hardTerminating(TIME, null).kind()).isNull();
        assertThat(BackendState.Terminated.builder(TIME)
                        .reason(null)
                        .kind(null)
                        .lastStatus(null)
                        .build())
                .isEqualTo(ended);
    }

    @Test
    void anEndIsBuiltOfItsParts() {
        BackendState.Terminated ended = BackendState.Terminated.builder(TIME)
                .reason(TerminationReason.KEY_EXPIRED)
                .kind(TerminationKind.HARD)
                .exitError(true)
                .exitCode(9)
                .lastStatus(BackendStatus.HARD_TERMINATING)
                .build();
        assertThat(ended)
                .isEqualTo(new BackendState.Terminated(TIME, "keyexpired", "hard", true, 9, "hard-terminating"));
        assertThat(ended.toBuilder().build()).isEqualTo(ended);
        assertThat(ended.toBuilder().exitCode(1).build().exitCode()).isEqualTo(1);
    }

    @Test
    void anExitCodeTellsOfAnError() {
        BackendState.Terminated.Builder end = BackendState.Terminated.builder(TIME);
        assertThat(end.exitCode(0).build().exitError()).isFalse();
        assertThat(end.exitCode(137).build().exitError()).isTrue();
        assertThat(end.exitError(false).build().exitError()).isFalse();
    }

    @Test
    void aKnownStatusIsNeverUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackendState.unknown(TIME, "ready", "{}"))
                .withMessageContaining("ready");
        assertThatNullPointerException().isThrownBy(() -> BackendState.unknown(TIME, "paused", null));
    }
}
