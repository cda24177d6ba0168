package com.jamsocket.internal.dev.time;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.internal.ClosableTicker;
import com.jamsocket.internal.TestTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** When a time that passes by itself passes: while a thread waits for it, and for nothing else. */
class VirtualClockTest {

    private static final Duration SOON = Duration.ofMillis(200);

    private final VirtualClock clock = new VirtualClock();
    private final Instant start = clock.now();
    private final ClosableTicker ticker = clock.ticker();
    private final CountDownLatch moved = new CountDownLatch(1);

    @Test
    void itPassesForAThreadThatWaits() throws Exception {
        Future<?> alarm = ticker.after(Duration.ofHours(1), moved::countDown);

        try (VirtualClock.AutoAdvance passing = clock.autoAdvance();
                TestTime.Turn turn = clock.turn("a test")) {
            turn.waitsFor(new CompletableFuture<>());
            assertThat(moved.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(alarm.isCancelled()).isFalse();
        assertThat(clock.now()).isEqualTo(start.plus(Duration.ofHours(1)));
    }

    @Test
    void itStandsStillForAResultThatIsThereAlready() {
        Future<?> alarm = ticker.after(Duration.ofHours(1), moved::countDown);

        try (VirtualClock.AutoAdvance passing = clock.autoAdvance();
                TestTime.Turn turn = clock.turn("a test")) {
            SlowToTell result = new SlowToTell();
            result.complete(null);
            turn.waitsFor(result);
        }
        assertThat(alarm.isDone()).isFalse();
        assertThat(clock.now()).isEqualTo(start);
    }

    /** Its thread is woken by the result before it is seen that the result has come. */
    @Test
    void itPassesForAThreadThatWaitsAgainBeforeItsFirstWaitIsSeenToBeOver() throws Exception {
        CompletableFuture<Void> first = new CompletableFuture<>();
        try (TestTime.Turn turn = clock.turn("a test")) {
            turn.waitsFor(first);
            // Done after this, and so told before what was asked for earlier.
            var unused = first.whenComplete((value, failure) -> {
                turn.waitsFor(new CompletableFuture<>());
                Future<?> alarm = ticker.after(Duration.ofHours(1), moved::countDown);
                assertThat(alarm.isDone()).isFalse();
            });
            first.complete(null);

            try (VirtualClock.AutoAdvance passing = clock.autoAdvance()) {
                assertThat(moved.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void itWaitsWhereNothingIsDue() {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        try (VirtualClock.AutoAdvance passing = clock.autoAdvance();
                TestTime.Turn turn = clock.turn("a test")) {
            turn.waitsFor(new CompletableFuture<>());
            Thread mover = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("jamsocket-test-advance"))
                    .filter(thread -> !before.contains(thread))
                    .findFirst()
                    .orElseThrow();

            eventually("no turning round", () -> mover.getState() == Thread.State.TIMED_WAITING);
        }
    }

    /** A result on which whoever asks to be told of it is held up, as a thread is on a machine with others. */
    private final class SlowToTell extends CompletableFuture<Void> {

        @Override
        public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
            try {
                moved.await(SOON.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.whenComplete(action);
        }
    }
}
