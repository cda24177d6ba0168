package com.jamsocket.internal.dev.http;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventLoopTest {

    private EventLoop loop;

    @BeforeEach
    void start() throws Exception {
        loop = new EventLoop();
        loop.start("event-loop-test");
    }

    @AfterEach
    void close() throws InterruptedException {
        loop.close();
    }

    @Test
    void runsTasksBetweenTheTimersOfACrowdThatIsDue() {
        AtomicInteger done = new AtomicInteger();
        int crowd = 100_000;
        CompletableFuture<Integer> doneBefore = new CompletableFuture<>();
        loop.execute(() -> {
            for (int i = 0; i < crowd; i++) {
                var unused = loop.after(Duration.ofNanos(1), done::incrementAndGet);
            }
            loop.execute(() -> doneBefore.complete(done.get()));
        });
        assertThat(doneBefore.join()).isPositive().isLessThan(crowd);
        eventually("all to be done", () -> loop.call(done::get) == crowd);
    }

    @Test
    void runsWhatHasNoDelayBeforeTheNextTask() {
        AtomicInteger done = new AtomicInteger();
        loop.execute(() -> {
            var unused = loop.after(Duration.ZERO, () -> {
                var unusedToo = loop.after(Duration.ZERO, done::incrementAndGet);
            });
        });
        loop.call(() -> true);
        assertThat(loop.call(done::get)).isEqualTo(1);
    }

    @Test
    void survivesWhatItsTasksThrow() throws InterruptedException {
        CountDownLatch later = new CountDownLatch(1);
        loop.execute(() -> {
            throw new IllegalArgumentException("a task's own trouble");
        });
        loop.call(() -> loop.after(Duration.ofNanos(1), () -> {
            throw new AssertionError("a timer's own trouble");
        }));
        loop.call(() -> loop.after(Duration.ofMillis(1), later::countDown));
        assertThat(later.await(5, TimeUnit.SECONDS)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.call(() -> {
                    throw new IllegalArgumentException("the caller's trouble");
                }));
    }

    @Test
    void waitsAtMostACenturyForWhatIsForEver() {
        assertThat(loop.call(() -> loop.after(Duration.ofSeconds(Long.MAX_VALUE), () -> {})))
                .isNotDone();
    }

    @Test
    void refusesTasksOnceItIsClosed() throws InterruptedException {
        loop.close();
        loop.executeUnlessClosed(() -> {});
        assertThatIllegalStateException().isThrownBy(() -> loop.execute(() -> {}));
    }
}
