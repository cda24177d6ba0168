package com.jamsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {

    private final ReconnectPolicy defaults = ReconnectPolicy.ofDefaults();

    @Test
    void changesOneThingAtATime() {
        ReconnectPolicy policy = defaults.withDelays(Duration.ofSeconds(1), Duration.ofSeconds(9))
                .withMaxAttempts(3)
                .withMaxTime(Duration.ofMinutes(1));
        assertThat(policy)
                .isEqualTo(new ReconnectPolicy(Duration.ofSeconds(1), Duration.ofSeconds(9), 3, Duration.ofMinutes(1)));
        assertThat(defaults.maxAttempts()).isNull();
        assertThat(defaults.maxTime()).isNull();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withDelays(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withDelays(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withMaxAttempts(0));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withMaxTime(Duration.ofSeconds(-1)));
    }
}
