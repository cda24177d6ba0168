package com.jamsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StreamEndTest {

    private static final BackendState READY = BackendState.ready(Instant.EPOCH);
    private static final BackendState.Terminated TERMINATED = BackendState.terminated(Instant.EPOCH);

    @Test
    void hasTheseFiveVariantsForGood() {
        assertThat(StreamEnd.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(
                        StreamEnd.Terminated.class,
                        StreamEnd.Forgotten.class,
                        StreamEnd.DroneLost.class,
                        StreamEnd.Closed.class,
                        StreamEnd.Failed.class);
    }

    @Test
    void aBackendThatIsGoneLeavesItsLastState() {
        assertThat(StreamEnd.terminated(TERMINATED).state()).isEqualTo(TERMINATED);
        assertThat(StreamEnd.forgotten(READY).lastState()).isEqualTo(READY);
        assertThat(StreamEnd.forgotten(null).lastState()).isNull();
        assertThat(StreamEnd.droneLost("dr-a", READY).lastState()).isEqualTo(READY);
        assertThat(StreamEnd.droneLost("dr-a", READY).drone()).isEqualTo("dr-a");
        assertThatNullPointerException().isThrownBy(() -> StreamEnd.terminated(null));
        assertThatNullPointerException().isThrownBy(() -> StreamEnd.droneLost(null, READY));
    }

    @Test
    void aStreamFailsForAReason() {
        JamsocketProtocolException cause = new JamsocketProtocolException("odd", null);
        assertThat(StreamEnd.failed(cause).cause()).isSameAs(cause);
        assertThatNullPointerException().isThrownBy(() -> StreamEnd.failed(null));
        assertThat(StreamEnd.closed()).isEqualTo(new StreamEnd.Closed());
    }
}
