package com.jamsocket.internal.rest;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.internal.SystemTicker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendThreadsTest {

    private final SystemTicker ticker = new SystemTicker("test-timer");
    private final SendThreads threads = new SendThreads("test-send", ticker);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void release() {
        release.countDown();
        ticker.close();
    }

    @Test
    void sendsThatBlockHoldUpNoOther() {
        AtomicInteger blocked = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            threads.execute(() -> block(blocked));
        }
        AtomicInteger sent = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            threads.execute(sent::incrementAndGet);
        }

        eventually("all others were sent", () -> sent.get() == 1_000);
        eventually("the others are held up", () -> blocked.get() == 100);
        // Also after a while without a new one, when the threads that are held up were counted.
        threads.execute(() -> block(blocked));
        threads.execute(sent::incrementAndGet);
        eventually("one more", () -> sent.get() == 1_001);
    }

    @Test
    void aFewThreadsAreEnoughForManySendsThatDoNotBlock() {
        List<Thread> used = new ArrayList<>();
        AtomicInteger sent = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            threads.execute(() -> {
                synchronized (used) {
                    if (!used.contains(Thread.currentThread())) {
                        used.add(Thread.currentThread());
                    }
                }
                sent.incrementAndGet();
            });
            int count = i + 1;
            eventually("it was sent", () -> sent.get() == count);
        }

        // On a busy machine one may wait long enough for a further thread.
        assertThat(used).hasSizeLessThan(20);
    }

    @Test
    void moreThanCanBeHeldUpWaitTheirTurn() {
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < SendThreads.MANY; i++) {
            threads.execute(() -> block(ran));
        }
        eventually("all are held up", () -> ran.get() == SendThreads.MANY);
        threads.execute(ran::incrementAndGet);
        release.countDown();

        eventually("the last", () -> ran.get() == SendThreads.MANY + 1);
    }

    private void block(AtomicInteger blocked) {
        blocked.incrementAndGet();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
