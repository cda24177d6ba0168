package com.jamsocket.docs;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.StatusSubscription;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.JamsocketDevServer;
import java.time.Duration;

/** The README's plain Java. */
final class PlainSnippets {

    private PlainSnippets() {}

    static void plain() {
        // snippet: plain
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
        // end
    }

    static void devserver() {
        // snippet: devserver
        try (JamsocketDevServer server = JamsocketDevServer.start();
                Jamsocket jamsocket = Jamsocket.dev(server.port())) {
            ConnectResponse backend = jamsocket.connect();
            jamsocket.awaitReady(backend.backendId(), Duration.ofSeconds(10));
        }
        // end
    }
}
