package com.jamsocket.servers;

import jakarta.ws.rs.SeBootstrap;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The questions on a server which Arquillian starts. */
@ExtendWith(ArquillianExtension.class)
class ServerIT extends ServerQuestions {

    private static SeBootstrap.Instance front;

    @Deployment(testable = false)
    static WebArchive documents() {
        // The embedded Weld looks for beans only where there is a beans.xml.
        return onWeld()
                ? Archives.documents("documents").addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                : Archives.documents("documents");
    }

    @BeforeAll
    static void serve() {
        if (onWeld()) {
            front = WeldFront.start();
        }
    }

    @AfterAll
    static void stopServing() {
        if (front != null) {
            front.stop().toCompletableFuture().join();
        }
    }

    private static boolean onWeld() {
        return System.getProperty("arquillian.launch").equals("weld");
    }

    @Override
    protected URI applicationUrl() {
        return front == null
                ? DeployedApplication.urlOf("documents")
                : front.configuration().baseUri().resolve("/documents/");
    }
}
