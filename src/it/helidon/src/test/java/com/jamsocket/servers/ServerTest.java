package com.jamsocket.servers;

import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.net.URI;

/** The questions on Helidon, which runs in this JVM. */
@HelidonTest
class ServerTest extends ServerQuestions {

    @Inject
    WebTarget server;

    @Override
    protected URI applicationUrl() {
        return server.path("/").getUri();
    }
}
