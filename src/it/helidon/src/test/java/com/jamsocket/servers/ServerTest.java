package com.jamsocket.servers;

import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.net.URI;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;

/** The questions on Helidon, which runs in this JVM. It has an order of its own, by which the last would not be last. */
@HelidonTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServerTest extends ServerQuestions {

    @Inject
    WebTarget server;

    @Override
    protected URI applicationUrl() {
        return server.path("/").getUri();
    }
}
