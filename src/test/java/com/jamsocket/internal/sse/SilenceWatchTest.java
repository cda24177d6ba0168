package com.jamsocket.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.internal.ManualTicker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
    private static final Duration LIMIT = Duration.ofSeconds(45);

    private final ManualTicker clock = new ManualTicker();
    private final AtomicInteger silences = new AtomicInteger();
    private final AtomicInteger rejections = new AtomicInteger();
    private final SilenceWatch watch = new SilenceWatch(
            new DelayTimer(clock, rejections::incrementAndGet), clock::nanoTime, LIMIT, silences::incrementAndGet);

    @Test
    void sleepsUntilItIsArmed() {
        clock.advance(Duration.ofDays(1));
        assertThat(silences).hasValue(0);
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void tellsOnceWhenTheLimitIsReached() {
        watch.arm();
        clock.advance(LIMIT.minusNanos(1));
        assertThat(silences).hasValue(0);
        clock.advance(Duration.ofNanos(1));
        assertThat(silences).hasValue(1);
        clock.advance(LIMIT.multipliedBy(10));
        assertThat(silences).hasValue(1);
    }

    @Test
    void countsFromWhatWasHeardLast() {
        watch.arm();
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofSeconds(30));
            watch.heard();
        }
        clock.advance(LIMIT.minusNanos(1));
        assertThat(silences).hasValue(0);
        clock.advance(Duration.ofNanos(1));
        assertThat(silences).hasValue(1);
    }

    @Test
    void keepsOneTaskHoweverMuchIsHeardAndHoweverOftenItIsArmed() {
        watch.arm();
        watch.arm();
        for (int i = 0; i < 1000; i++) {
            watch.heard();
        }
        assertThat(clock.waiting()).isEqualTo(1);
    }

    @Test
    void doesNotCountTheTimeOfAPause() {
        watch.arm();
        watch.pause();
        clock.advance(LIMIT.multipliedBy(5));
        assertThat(silences).hasValue(0);
        watch.resume();
        clock.advance(LIMIT.minusNanos(1));
        assertThat(silences).hasValue(0);
        clock.advance(Duration.ofNanos(1));
        assertThat(silences).hasValue(1);
    }

    @Test
    void leavesNoTaskOnceStopped() {
        watch.arm();
        watch.stop();
        assertThat(clock.waiting()).isZero();
        clock.advance(LIMIT);
        assertThat(silences).hasValue(0);
    }

    @Test
    void leavesNoTaskIfArmedAfterItWasStopped() {
        watch.stop();
        watch.arm();
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void tellsOfATimerThatRejects() {
        clock.close();
        watch.arm();
        assertThat(rejections).hasValue(1);
    }
}
