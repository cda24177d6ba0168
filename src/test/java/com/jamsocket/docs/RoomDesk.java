package com.jamsocket.docs;

// snippet: tolerance
import com.jamsocket.BackendNotFoundException;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketConfigurationException;
import com.jamsocket.JamsocketConnectionException;
import com.jamsocket.JamsocketException;
import com.jamsocket.UnauthorizedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

@ApplicationScoped
public class RoomDesk {

    @Inject
    Jamsocket jamsocket;

    @Retry(
            maxRetries = 2,
            delay = 100,
            jitter = 50,
            retryOn = JamsocketException.class,
            abortOn = {
                BackendNotFoundException.class,
                UnauthorizedException.class,
                JamsocketConfigurationException.class
            })
    @Timeout(2_500)
    @CircuitBreaker(failOn = JamsocketConnectionException.class, requestVolumeThreshold = 6, delay = 10_000)
    @Fallback(
            fallbackMethod = "waitingRoom",
            applyOn = {JamsocketException.class, FaultToleranceException.class})
    public URI enter(String room) {
        return jamsocket.connect(ConnectRequest.builder().key(room).build()).url();
    }

    URI waitingRoom(String room) {
        return URI.create("/waiting-room");
    }
}
// end
