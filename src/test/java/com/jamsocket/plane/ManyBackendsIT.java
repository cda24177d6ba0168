package com.jamsocket.plane;

import com.jamsocket.Jamsocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many whole lives of backends on Plane, a hundred at a time. {@code -Dplane.backends} is how many, {@code
 * -Dplane.at-once} how many at a time.
 */
class ManyBackendsIT {

    private static final int BACKENDS = Integer.getInteger("plane.backends", 2000);
    private static final int AT_ONCE = Integer.getInteger("plane.at-once", 100);

    @Test
    @Timeout(1800)
    void everyStateAndEveryEndIsToldOnce() throws Exception {
        ExecutorService users = Executors.newFixedThreadPool(AT_ONCE);
        try (PlaneCluster plane = new PlaneCluster();
                // A machine on which all parts of Plane run too is slow: nobody is to be turned away for that.
                Jamsocket client =
                        plane.builder(plane.url).maxWaitingCalls(AT_ONCE).build()) {
            Lives lives = new Lives(plane, client);
            long start = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < BACKENDS; i++) {
                all.add(users.submit(() -> {
                    lives.live();
                    return null;
                }));
            }
            for (Future<?> life : all) {
                life.get();
            }
            lives.report(Duration.ofNanos(System.nanoTime() - start));
            lives.requireAllTold();
        } finally {
            users.shutdownNow();
        }
    }
}
