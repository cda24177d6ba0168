package com.jamsocket.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The questions on Quarkus, which runs in this JVM. */
@QuarkusTest
class ServerTest extends ServerQuestions {

    @TestHTTPResource("/")
    URI server;

    @Test
    void servesTheModuleForPagesFromTheJarByItself() {
        HttpResponse<String> module = new DeployedApplication(server).answer("jamsocket/session-backend.js");

        assertThat(module.statusCode()).isEqualTo(200);
        assertThat(module.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).contains("javascript"));
        assertThat(module.body()).contains("export class SessionBackend");
    }

    @Override
    protected URI applicationUrl() {
        return server;
    }
}
