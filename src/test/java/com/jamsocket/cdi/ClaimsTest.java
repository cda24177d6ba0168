package com.jamsocket.cdi;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.internal.ManualTicker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a store of claims may cost the others. */
class ClaimsTest {

    private static final int THREADS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final CountDownLatch outage = new CountDownLatch(1);

    @AfterEach
    void stop() {
        outage.countDown();
        threads.shutdownNow();
    }

    @Test
    void aStoreThatHangsLeavesThreadsToTheOthers() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Claims claims = new Claims(
                new Hanging() {
                    @Override
                    public Answer claim(BackendInfo backend, Duration lease) {
                        asked.incrementAndGet();
                        try {
                            outage.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return Answer.TAKEN;
                    }
                },
                new ManualTicker(),
                threads);
        for (int i = 0; i < 100; i++) {
            claims.on("b" + i, new Nobody("b" + i)).begin();
        }
        eventually("calls that hang", () -> asked.get() == THREADS / 2);

        CompletableFuture<Void> listener = CompletableFuture.runAsync(() -> {}, threads);
        listener.get(30, TimeUnit.SECONDS);

        assertThat(asked).hasValue(THREADS / 2);
        outage.countDown();
        eventually("all were asked", () -> asked.get() == 100);
    }

    private abstract static class Hanging implements FollowClaim {

        @Override
        public boolean renew(BackendInfo backend, Duration lease) {
            return false;
        }

        @Override
        public void release(BackendInfo backend, boolean ended) {}
    }

    private record Nobody(String id) implements Claim.Holder {

        @Override
        public BackendInfo info() {
            return BackendInfo.builder(id).build();
        }

        @Override
        public void granted() {}

        @Override
        public void taken() {}

        @Override
        public void lost() {}

        @Override
        public void over() {}
    }
}
