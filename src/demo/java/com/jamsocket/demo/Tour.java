package com.jamsocket.demo;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The life of one backend, from the first connection to its end. */
@ApplicationScoped
class Tour {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Inject
    Jamsocket jamsocket;

    @Inject
    StateLog states;

    void run() throws IOException, InterruptedException {
        ConnectRequest request = ConnectRequest.builder()
                .key("demo-" + ProcessHandle.current().pid())
                .user("ann")
                .build();

        say("Connecting with a key");
        ConnectResponse backend = jamsocket.connect(request);
        say("Backend " + backend.backendId() + ", spawned: " + backend.spawned() + ". Its states:");

        // The client fails at once if the backend will not become ready; then its observer has its turn.
        jamsocket.awaitReady(backend.backendId(), PATIENCE);
        states.awaitReady(PATIENCE);
        say("Fetching its connection URL");
        fetch(backend.url()).lines().limit(2).forEach(line -> say("  | " + line));

        say("Connecting with the same key again");
        ConnectResponse again = jamsocket.connect(request);
        say("Backend " + again.backendId() + ", spawned: " + again.spawned());
        if (!again.backendId().equals(backend.backendId()) || again.spawned()) {
            throw new IllegalStateException("the key did not lead to the running backend");
        }

        say("Terminating it softly");
        jamsocket.terminate(backend.backendId(), TerminationKind.SOFT);
        states.awaitTerminated(PATIENCE);
        say("Done");
    }

    private static String fetch(URI url) throws IOException, InterruptedException {
        // By default it offers HTTP/2 by an upgrade, and Plane's proxy loses the body of an answer that does not
        // upgrade.
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                .body();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
