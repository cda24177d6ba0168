package com.example.operated.tolerance;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.cdi.JamsocketService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

/** Calls of a client that does not retry by itself, with the platform's means against failures. */
@ApplicationScoped
public class Desk {

    @Inject
    @JamsocketService("desk")
    Jamsocket jamsocket;

    @Retry(maxRetries = 2, delay = 100, jitter = 50, retryOn = JamsocketException.class)
    @Timeout(15_000)
    @CircuitBreaker(failOn = JamsocketConnectionException.class, requestVolumeThreshold = 6, delay = 2_000)
    @Fallback(
            fallbackMethod = "waitingRoom",
            applyOn = {JamsocketException.class, FaultToleranceException.class})
    public String enter(String room) {
        return jamsocket.connect(ConnectRequest.builder().key(room).build()).backendId();
    }

    String waitingRoom(String room) {
        return "waiting room";
    }
}
