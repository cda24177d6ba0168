package com.jamsocket.backend;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.jamsocket.internal.ManualTicker;
import com.jamsocket.internal.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IdleTimeoutTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration ALMOST = LIMIT.minusNanos(1);
    private static final Duration MOMENT = Duration.ofNanos(1);

    private final ManualTicker ticker = new ManualTicker();
    private final AtomicInteger acted = new AtomicInteger();
    private final IdleTimeout idle = new IdleTimeout(LIMIT, acted::incrementAndGet, ticker);

    private void assertActs() {
        eventually("it acts", () -> acted.get() == 1);
        assertThat(ticker.waiting()).isZero();
        ticker.advance(LIMIT);
        assertThat(ticker.waiting()).isZero();
    }

    /** Nothing is left that could act. */
    private void assertDoesNotAct() {
        ticker.advance(Duration.ofDays(1));
        assertThat(ticker.waiting()).isZero();
        assertThat(acted).hasValue(0);
    }

    @Test
    void actsOnceWhenNobodyEverUsesIt() {
        ticker.advance(ALMOST);
        assertThat(ticker.waiting()).isOne();
        ticker.advance(MOMENT);
        assertActs();
    }

    @Test
    void doesNotActWhileItIsUsed() {
        IdleTimeout.Use first = idle.use();
        try (IdleTimeout.Use second = idle.use()) {
            first.close();
            assertDoesNotAct();
        }
    }

    @Test
    void beginsAgainWhenTheLastUseEnds() {
        ticker.advance(ALMOST);
        IdleTimeout.Use use = idle.use();
        idle.use().close();
        ticker.advance(LIMIT);
        use.close();
        ticker.advance(ALMOST);
        assertThat(ticker.waiting()).isOne();
        ticker.advance(MOMENT);
        assertActs();
    }

    @Test
    void countsAUseThatIsClosedTwiceOnce() {
        IdleTimeout.Use twice = idle.use();
        try (IdleTimeout.Use other = idle.use()) {
            twice.close();
            twice.close();
            assertDoesNotAct();
        }
    }

    @Test
    void doesNotActOnceItIsClosed() {
        idle.close();
        idle.use().close();
        assertDoesNotAct();
    }

    @Test
    void actsOnAThreadThatMayBlock() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CountDownLatch end = new CountDownLatch(1);
        try (IdleTimeout real = IdleTimeout.after(Duration.ofMillis(1), () -> {
            thread.complete(Thread.currentThread());
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            assertThat(thread.get().getName()).isEqualTo("jamsocket-idle-action");
            real.use().close();
        } finally {
            end.countDown();
        }
    }

    /** A timer cannot be taken back once it runs, even if it has not come far. */
    @Test
    void doesNotActByATimerThatWasAboutToWhenAUseCame() {
        LateTicker late = new LateTicker();
        AtomicInteger tooEarly = new AtomicInteger();
        IdleTimeout timeout = new IdleTimeout(LIMIT, tooEarly::incrementAndGet, late);
        timeout.use().close();

        late.tasks.get(0).run();
        timeout.use().close();
        assertThat(late.tasks).hasSize(3);
        assertThat(tooEarly).hasValue(0);

        late.tasks.get(2).run();
        eventually("it acts", () -> tooEarly.get() == 1);
    }

    @Test
    void refusesATimeThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> IdleTimeout.after(Duration.ZERO, () -> {}));
    }

    /** Keeps its tasks, whatever is cancelled. */
    private static final class LateTicker implements Ticker {
        private final List<Runnable> tasks = new ArrayList<>();

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public RandomGenerator random() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<?> after(Duration delay, Runnable task) {
            tasks.add(task);
            return new CompletableFuture<>();
        }
    }
}
