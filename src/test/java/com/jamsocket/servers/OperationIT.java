package com.jamsocket.servers;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators ask on a server which Arquillian starts. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "server.apis", matches = ".+", disabledReason = "none of the APIs")
class OperationIT extends OperationQuestions {

    @Deployment(testable = false)
    static WebArchive documents() {
        return Archives.operated("documents");
    }

    @Override
    protected URI applicationUrl() {
        return DeployedApplication.urlOf("documents");
    }

    @Override
    protected URI readinessUrl() {
        return operators("health/ready");
    }

    @Override
    protected URI metersUrl() {
        return operators("prometheus");
    }

    private static URI operators(String path) {
        return URI.create(
                "http://127.0.0.1:" + Integer.getInteger(System.getProperty("server.operators-port")) + "/" + path);
    }
}
