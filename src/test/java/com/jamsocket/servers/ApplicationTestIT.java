package com.jamsocket.servers;

import static com.jamsocket.test.JamsocketAssertions.assertThat;
import static com.jamsocket.testkit.Eventually.eventually;

import com.jamsocket.BackendStatus;
import com.jamsocket.dev.DevBackend;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.test.JamsocketTest;
import com.jamsocket.test.ServerSetup;
import jakarta.json.JsonObject;
import jakarta.ws.rs.SeBootstrap;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of an application on a server, as its author writes one: the server of each test is that of its settings. */
@ExtendWith(ArquillianExtension.class)
@JamsocketTest(virtualTime = false, setup = ApplicationTestIT.OfTheSettings.class)
class ApplicationTestIT {

    private static SeBootstrap.Instance front;

    private JamsocketDevServer server;
    private DeployedApplication application;

    /** The port that the application has been told. */
    static final class OfTheSettings implements ServerSetup {
        @Override
        public void setUp(JamsocketDevServer.Builder builder) {
            builder.port(Integer.getInteger("dev.port"));
        }
    }

    @Deployment(testable = false)
    static WebArchive documents() {
        return onWeld()
                ? Archives.documents("documents").addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                : Archives.documents("documents");
    }

    private static boolean onWeld() {
        return System.getProperty("arquillian.launch").equals("weld");
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

    @BeforeEach
    void find() {
        URI url = front == null
                ? DeployedApplication.urlOf("documents")
                : front.configuration().baseUri().resolve("/documents/");
        application = new DeployedApplication(url.resolve("api/"));
    }

    @Test
    void theApplicationConnectsToIt() {
        application.post("documents/plan/connection");
        application.post("documents/plan/connection");

        assertThat(server).hasSpawned(1);
    }

    /** Each test has its own, on the same port. */
    @Test
    void theApplicationIsToldOfACrash() {
        assertThat(server).hasSpawned(0);
        JsonObject connection = application.post("documents/plan/connection");
        DevBackend backend = server.backendOfKey("plan");
        eventually("ready", () -> backend.snapshot().state().status() == BackendStatus.READY);

        backend.crash(137);

        assertThat(backend).hasExitedWith(137);
        String observed = "backends/" + connection.getString("backend_id") + "/observed";
        eventually("told of the end", () -> application.get(observed).toString().contains("\"end\""));
    }
}
