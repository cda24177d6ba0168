package com.jamsocket.servers;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What operators ask on Quarkus. */
@QuarkusTest
@EnabledIfSystemProperty(named = "server.apis", matches = ".+", disabledReason = "none of the APIs")
class OperationTest extends OperationQuestions {

    @TestHTTPResource("/")
    URI server;

    @Override
    protected URI applicationUrl() {
        return server;
    }

    @Override
    protected URI readinessUrl() {
        return server.resolve("/q/health/ready");
    }

    @Override
    protected URI metersUrl() {
        return server.resolve("/q/metrics");
    }
}
