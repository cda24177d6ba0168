package com.jamsocket.docs;

// snippet: plain
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.StatusSubscription;
import com.jamsocket.TerminationKind;
import java.time.Duration;

public class Hello {

    public static void main(String[] args) {
        try (Jamsocket jamsocket = Jamsocket.fromEnv()) {
            ConnectRequest request =
                    ConnectRequest.builder().key("doc/42").user("ann").build();
            ConnectResponse backend = jamsocket.connect(request);
            System.out.println("for the browser: " + backend.url());

            StatusSubscription states = jamsocket.statusStream(
                    backend.backendId(), state -> System.out.println(state.time() + " " + state.status()));
            jamsocket.awaitReady(backend.backendId(), Duration.ofSeconds(30));

            jamsocket.terminate(backend.backendId(), TerminationKind.SOFT);
            System.out.println(states.end().toCompletableFuture().join());
        }
    }
}
// end
