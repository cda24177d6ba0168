package com.jamsocket.servers;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.docs.VocabularyJsonb;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several applications on one server, each with the jar. */
@ExtendWith(ArquillianExtension.class)
@DisabledIfSystemProperty(
        named = "arquillian.launch",
        matches = "weld|payara-micro",
        disabledReason = "one application only")
class ApplicationsIT {

    private static final int AT_ONCE = 16;

    private static JamsocketDevServer backends;

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "documents", order = 1, testable = false)
    static WebArchive documents() {
        return Archives.documents("documents");
    }

    @Deployment(name = "neighbour", order = 2, testable = false)
    static WebArchive neighbour() {
        return Archives.documents("neighbour").addClass(VocabularyJsonb.class);
    }

    @Deployment(name = "own", order = 3, testable = false)
    static WebArchive own() {
        return Archives.withItsOwnClient("own");
    }

    @Deployment(name = "guest", managed = false, testable = false)
    static WebArchive guest() {
        return Archives.documents("guest");
    }

    @Deployment(name = "heir", managed = false, testable = false)
    static WebArchive heir() {
        return Archives.documents("heir");
    }

    @Deployment(name = "careless", managed = false, testable = false)
    static WebArchive careless() {
        return Archives.misconfigured("careless", false);
    }

    @Deployment(name = "strict", managed = false, testable = false)
    static WebArchive strict() {
        return Archives.misconfigured("strict", true);
    }

    @Deployment(name = "production", managed = false, testable = false)
    static WebArchive production() {
        return Archives.inProduction("production");
    }

    @BeforeAll
    static void startBackends() {
        backends = JamsocketDevServer.builder()
                .port(Integer.getInteger("dev.port"))
                .start();
    }

    @AfterAll
    static void stopBackends() {
        backends.close();
    }

    @Test
    void applicationsHearOfTheirOwnBackendsOnly() {
        DeployedApplication documents = DeployedApplication.named("documents");
        DeployedApplication neighbour = DeployedApplication.named("neighbour");

        String here = connect(documents, "here").getString("backend_id");
        String there = connect(neighbour, "there").getString("backend_id");
        end(documents, here);
        end(neighbour, there);

        assertThat(observed(documents, there)).isEmpty();
        assertThat(observed(neighbour, here)).isEmpty();
    }

    @Test
    void listsOfStatesAreRightWithTheResolverOfTheReadme() {
        DeployedApplication neighbour = DeployedApplication.named("neighbour");
        String id = connect(neighbour, "list").getString("backend_id");
        end(neighbour, id);

        JsonArray history = neighbour.get("backends/" + id + "/history").asJsonArray();

        assertThat(history).hasSize(7);
        assertThat(history.getJsonObject(0).getString("status")).isEqualTo("scheduled");
        assertThat(history.getJsonObject(6).getString("termination_reason")).isEqualTo("external");
    }

    @Test
    void theClientThatAnApplicationMakesItselfIsInjectedInstead() {
        JsonObject backend = connect(DeployedApplication.named("own"), "mine");

        assertThat(backend.getString("status_url")).contains("/pub/b/");
    }

    /** Some servers' threads remember the application of the request which had them started. */
    @Test
    void anApplicationIsNotHinderedByOneThatHasGone() {
        deployer.deploy("guest");
        DeployedApplication guest = DeployedApplication.named("guest");
        DeployedApplication.atOnce(AT_ONCE, number -> guest.post("documents/left" + number + "/connection/async"));
        deployer.undeploy("guest");

        deployer.deploy("heir");
        try {
            DeployedApplication heir = DeployedApplication.named("heir");
            List<JsonObject> kept = DeployedApplication.atOnce(
                    AT_ONCE, number -> heir.post("documents/kept" + number + "/connection/thread"));
            kept.forEach(backend -> end(heir, backend.getString("backend_id")));
        } finally {
            deployer.undeploy("heir");
        }
    }

    /** Where each application has settings of its own. */
    @Test
    @EnabledIfSystemProperty(named = "server.microprofile-config", matches = "true")
    @DisabledIfSystemProperty(
            named = "arquillian.launch",
            matches = "liberty.*",
            disabledReason = "system properties come before the settings of an application")
    void wrongSettingsAreToldAtTheStartOrFailTheDeployment() throws IOException {
        deployer.deploy("careless");
        deployer.undeploy("careless");

        assertThatThrownBy(() -> deployer.deploy("strict")).isNotNull();

        if (!System.getProperty("server.log").isEmpty()) {
            assertThat(Files.readString(Path.of(System.getProperty("server.home"), System.getProperty("server.log"))))
                    .containsPattern("JAMSOCKET-101 .*jamsocket.dev-port")
                    .containsPattern("cannot be made: jamsocket.dev-port");
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "server.microprofile-config",
            matches = "true",
            disabledReason = "an application cannot bring settings")
    @EnabledIfSystemProperty(named = "server.log", matches = ".+", disabledReason = "no log of its own")
    void whatGoesToProductionWithTheDevelopmentServerIsWarnedOnceAtItsStart() throws IOException {
        long before = logged("JAMSOCKET-103");
        deployer.deploy("production");
        try {
            JsonObject visit = DeployedApplication.named("production").post("visits/shop?last=true");
            assertThat(visit.getBoolean("spawned")).isTrue();
        } finally {
            deployer.undeploy("production");
        }

        // The log is written in order, on some servers later: what an application of later says is the end of it.
        long others = logged("JAMSOCKET-102");
        deployer.deploy("guest");
        deployer.undeploy("guest");
        eventually("the warning of a later application", () -> logged("JAMSOCKET-102") == others + 1);
        assertThat(logged("JAMSOCKET-103")).isEqualTo(before + 1);
    }

    /** How many such warnings are in the log of the server. Some write the level a line above the message. */
    private static long logged(String kind) throws IOException {
        String log = Files.readString(Path.of(System.getProperty("server.home"), System.getProperty("server.log")));
        return Pattern.compile("\\bW(ARN|ARNING)?\\b.*?\\R??.*?" + kind)
                .matcher(log)
                .results()
                .count();
    }

    private static JsonObject connect(DeployedApplication application, String name) {
        return application.post("documents/" + name + "/connection");
    }

    /** Ends a backend, and waits until its application has heard of it. */
    private static void end(DeployedApplication application, String id) {
        application.get("backends/" + id + "/ready");
        application.delete("backends/" + id);
        eventually(
                "the end of " + id,
                Duration.ofSeconds(60),
                () -> observed(application, id).toString(),
                observed -> observed.contains("terminated"));
    }

    private static JsonArray observed(DeployedApplication application, String id) {
        return application.get("backends/" + id + "/observed").asJsonArray();
    }
}
