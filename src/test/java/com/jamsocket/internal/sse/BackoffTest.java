package com.jamsocket.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // a monotonic clock may wrap
    private final Random random = new Random(1);
    private final Backoff backoff = Backoff.exponential(new Ticker() {
        @Override
        public Instant now() {
            throw new UnsupportedOperationException("dates do not matter here");
        }

        @Override
        public long nanoTime() {
            return now.get();
        }

        @Override
        public RandomGenerator random() {
            return random;
        }

        @Override
        public Future<?> after(Duration delay, Runnable task) {
            throw new UnsupportedOperationException("it only says how long to wait");
        }
    });
    private final Backoff exact = backoff.withJitter(0);

    @Test
    void doublesFromAQuarterSecondToHalfAMinute() {
        assertThat(delays(exact, 9))
                .extracting(Duration::toMillis)
                .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L);
    }

    @Test
    void staysAtTheCapHoweverOften() {
        assertThat(delays(exact, 2000)).endsWith(Duration.ofSeconds(30));
    }

    @Test
    void countsAttemptsFromOne() {
        Backoff.Step first = exact.next(Duration.ZERO).orElseThrow();
        Backoff.Step second = first.next().next(Duration.ZERO).orElseThrow();
        assertThat(List.of(first.attempt(), second.attempt())).containsExactly(1, 2);
    }

    @Test
    void jittersUpwardsOnly() {
        for (int i = 0; i < 1000; i++) {
            assertThat(backoff.next(Duration.ZERO).orElseThrow().delay())
                    .isBetween(Duration.ofMillis(250), Duration.ofMillis(375));
        }
    }

    @Test
    void neverWaitsLessThanTheServerAsks() {
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next(Duration.ofSeconds(40)).orElseThrow().delay())
                    .isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
        }
    }

    @Test
    void isNotChangedByBeingAsked() {
        exact.next(Duration.ZERO);
        assertThat(exact.next(Duration.ZERO).orElseThrow().delay()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void givesUpAfterTheMostAttempts() {
        assertThat(delays(exact.withMaxAttempts(3), 10)).hasSize(3);
        assertThat(exact.withMaxAttempts(0).next(Duration.ZERO)).isEmpty();
    }

    @Test
    void givesUpRatherThanWaitPastTheMostTime() {
        Backoff limited = exact.withMaxTime(Duration.ofSeconds(2));
        Backoff afterFirst = limited.next(Duration.ZERO).orElseThrow().next();
        now.addAndGet(Duration.ofMillis(1500).toNanos());
        assertThat(afterFirst.next(Duration.ZERO)).map(Backoff.Step::delay).contains(Duration.ofMillis(500));
        now.addAndGet(1);
        assertThat(afterFirst.next(Duration.ZERO)).isEmpty();
        assertThat(limited.next(Duration.ZERO)).as("afresh").isPresent();
    }

    @Test
    void keepsInitialDelayAndCapInOrder() {
        assertThat(delays(exact.withInitialDelay(Duration.ofMinutes(1)), 2)).containsOnly(Duration.ofMinutes(1));
        assertThat(delays(exact.withCap(Duration.ofMillis(1)), 2)).containsOnly(Duration.ofMillis(1));
        assertThat(delays(exact.withCap(Duration.ofMillis(300)), 2))
                .containsExactly(Duration.ofMillis(250), Duration.ofMillis(300));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> exact.withInitialDelay(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> exact.withCap(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> exact.withMaxTime(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> exact.withMaxAttempts(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> exact.withJitter(-0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> exact.withJitter(1.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> exact.withJitter(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Duration> delays(Backoff first, int most) {
        List<Duration> delays = new ArrayList<>();
        Optional<Backoff.Step> step = first.next(Duration.ZERO);
        while (step.isPresent() && delays.size() < most) {
            delays.add(step.get().delay());
            step = step.get().next().next(Duration.ZERO);
        }
        return delays;
    }
}
