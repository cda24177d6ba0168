package com.jamsocket.servers;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;

/** The questions on Quarkus, which runs in this JVM. */
@QuarkusTest
class ServerTest extends ServerQuestions {

    @TestHTTPResource("/")
    URI server;

    @Override
    protected URI applicationUrl() {
        return server;
    }
}
