package com.example.documents;

// snippet: quarkusTest
import static com.jamsocket.test.JamsocketAssertions.assertThat;

import com.jamsocket.BackendStatus;
import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.VirtualTime;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BackendsOfTheTest.class)
class DocumentsTest {

    @TestHTTPResource("api/documents/plan/connection")
    URI connection;

    @Inject
    Jamsocket jamsocket;

    JamsocketDevServer server;

    @Test
    void aDocumentHasItsBackend() throws Exception {
        HttpRequest post =
                HttpRequest.newBuilder(connection).POST(BodyPublishers.noBody()).build();
        HttpClient.newHttpClient().send(post, BodyHandlers.discarding());

        assertThat(server).backendOfKey("plan");
    }

    @Test
    void itIsReadyInTheTimeOfTheTest() {
        String id =
                jamsocket.connect(ConnectRequest.builder().key("song").build()).backendId();
        try (VirtualTime.AutoAdvance passing = server.time().autoAdvance()) {
            jamsocket.awaitReady(id, Duration.ofMinutes(1));
        }
        assertThat(server.backend(id)).isAt(BackendStatus.READY);
    }
}
// end
