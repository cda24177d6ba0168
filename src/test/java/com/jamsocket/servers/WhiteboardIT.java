package com.jamsocket.servers;

import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Launcher;
import com.jamsocket.sample.BoardVisit;
import com.jamsocket.testkit.Browser;
import com.jamsocket.testkit.Jvm;
import java.io.File;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whiteboard's WAR on a server, in a browser. Its backends are processes of a development server. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly|payara")
@Timeout(180)
class WhiteboardIT {

    private static JamsocketDevServer backends;

    @Deployment(testable = false)
    static WebArchive whiteboard() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/whiteboard.war"))
                .addAsResource(
                        new StringAsset(
                                "jamsocket.dev=true\njamsocket.dev-port=" + Integer.getInteger("dev.port") + "\n"),
                        "META-INF/microprofile-config.properties");
    }

    @BeforeAll
    static void startBackends() {
        // What runs here has the client from its jar, in which no sample is.
        String classPath = System.getProperty("java.class.path")
                + File.pathSeparator
                + Path.of("target/classes").toAbsolutePath();
        backends = JamsocketDevServer.builder()
                .port(Integer.getInteger("dev.port"))
                .launcher(Launcher.command(
                        Jvm.tool("java"), "-cp", classPath, "com.jamsocket.demo.whiteboard.backend.BoardBackend"))
                .start();
    }

    @AfterAll
    static void stopBackends() {
        backends.close();
    }

    @Test
    void peopleDrawTogetherAndAnEndOfTheBackendStopsNobody() {
        try (Browser browser = Browser.start()) {
            new BoardVisit(DeployedApplication.urlOf("whiteboard"), backends, browser).run();
        }
    }
}
