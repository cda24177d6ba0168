package com.jamsocket.servers;

import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.net.URI;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;

/** The questions on Helidon, which runs in this JVM, and has another order of tests unless it is told one. */
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
