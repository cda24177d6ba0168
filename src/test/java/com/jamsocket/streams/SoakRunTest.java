package com.jamsocket.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A few seconds of the {@link SoakRun}; what is wrong is printed. */
class SoakRunTest {

    @Test
    void nothingIsLostDoubledOrLeft() throws InterruptedException {
        assertThat(SoakRun.soak(Duration.ofSeconds(10))).isTrue();
    }
}
