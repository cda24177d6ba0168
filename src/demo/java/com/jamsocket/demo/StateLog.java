package com.jamsocket.demo;

import com.jamsocket.BackendState;
import com.jamsocket.cdi.Backend;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.EventMetadata;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Prints each state of each backend that the application has connected to. */
@ApplicationScoped
class StateLog {

    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch terminated = new CountDownLatch(1);

    void onState(@Observes BackendState state, EventMetadata event) {
        String details = state instanceof BackendState.Terminated end ? details(end) : "";
        System.out.printf("  %s  %s  %s%s%n", state.time(), Backend.Id.of(event), state.statusName(), details);
        if (state instanceof BackendState.Ready) {
            ready.countDown();
        } else if (state instanceof BackendState.Terminated) {
            terminated.countDown();
        }
    }

    /** A process that ends by itself has no reason. */
    private static String details(BackendState.Terminated end) {
        return end.reasonName() == null
                ? " (by itself" + (Boolean.TRUE.equals(end.exitError()) ? ", with an error)" : ")")
                : " (reason " + end.reasonName() + ", kind " + end.kindName() + ")";
    }

    void awaitReady(Duration patience) throws InterruptedException {
        await(ready, "ready", patience);
    }

    void awaitTerminated(Duration patience) throws InterruptedException {
        await(terminated, "terminated", patience);
    }

    private static void await(CountDownLatch latch, String status, Duration patience) throws InterruptedException {
        if (!latch.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the backend was not observed to be " + status + " within " + patience);
        }
    }
}
