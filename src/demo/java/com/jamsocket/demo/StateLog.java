package com.jamsocket.demo;

import com.jamsocket.BackendState;
import com.jamsocket.cdi.Backend;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.EventMetadata;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Prints each state of each backend that the application has connected to. */
@ApplicationScoped
class StateLog {

    private final CountDownLatch terminated = new CountDownLatch(1);

    void onState(@Observes BackendState state, EventMetadata event) {
        System.out.printf("  %s  %s  %s%n", state.time(), Backend.Id.of(event), state.statusName());
    }

    void onEnd(@Observes BackendState.Terminated state) {
        System.out.printf("  (it ended with reason %s, kind %s)%n", state.reasonName(), state.kindName());
        terminated.countDown();
    }

    boolean awaitTerminated(long seconds) throws InterruptedException {
        return terminated.await(seconds, TimeUnit.SECONDS);
    }
}
