package com.jamsocket.servers;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.ProcessBackend;
import com.jamsocket.testkit.Http;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application that is deployed again and again, with streams open each time that it goes. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "server.redeploys", matches = "true", disabledReason = "see docs/servers.md")
class RedeploymentIT {

    private static final int THREADS_OF_SERVER = 64;
    private static final int TIMES = 20;
    private static final int TIMES_WITH_COMMANDS = 5;

    /** Whether the REST client of the server does not let go of a call that was interrupted. */
    private static final boolean LEAVES_INTERRUPTED_CALLS = Boolean.getBoolean("server.leaves-interrupted-calls");

    /** Threads know the code that had them started, until JDK 24. Payara's end when they are idle for a minute. */
    private static final Duration LET_GO = Duration.ofMinutes(2);

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "watcher", testable = false)
    static WebArchive watcher() {
        return Archives.watcher("watcher");
    }

    @Deployment(name = "documents", managed = false, testable = false)
    static WebArchive documents() {
        return Archives.watched("documents");
    }

    @Deployment(name = "plain", managed = false, testable = false)
    static WebArchive plain() {
        return Archives.plain("plain");
    }

    @Deployment(name = "commands", managed = false, testable = false)
    static WebArchive commands() {
        return Archives.watchedWithCommand("commands", ProcessBackend.command());
    }

    @Test
    void leavesNoClassLoaderNoThreadAndNoSocketBehind() {
        DeployedApplication watcher = DeployedApplication.named("watcher");
        // WildFly's threads hold on to the very first request that they served: it must not be one of the application.
        DeployedApplication.atOnce(THREADS_OF_SERVER, number -> watcher.get("left/busy"));
        int watchedBefore = left(watcher, "watched").getInt(0);
        int keptBefore = left(watcher, "loaders").size();
        try (JamsocketDevServer backends = JamsocketDevServer.builder()
                .port(Integer.getInteger("dev.port"))
                .clusters("rooms.example")
                .start()) {
            // Those of this test, where the server runs in its JVM.
            JsonArray threads = left(watcher, "threads");
            for (int time = 1; time <= TIMES; time++) {
                deployer.deploy("documents");
                try {
                    use(DeployedApplication.named("documents"), time);
                } finally {
                    deployer.undeploy("documents");
                }
            }

            assertThat(left(watcher, "watched").getInt(0) - watchedBefore).isEqualTo(TIMES);
            // Closing interrupts the call that may be under way then: once for each time.
            int sockets = LEAVES_INTERRUPTED_CALLS ? TIMES : 0;
            eventually(
                    "no further thread",
                    Duration.ofSeconds(30),
                    () -> without(threads, left(watcher, "threads")),
                    RedeploymentIT::isNothingOfThisJar);
            eventually("no socket", Duration.ofSeconds(30), backends::connections, open -> open <= sockets);
            if (Boolean.getBoolean("server.keeps-class-loaders")) {
                assertThat(left(watcher, "loaders")).hasSizeGreaterThan(keptBefore + TIMES / 2);
            } else {
                letsGoOfClassLoaders(watcher);
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "server.microprofile-config",
            matches = "true",
            disabledReason = "an application cannot bring settings")
    void leavesNothingOfAnEmbeddedServerThatRunsCommands() throws IOException {
        DeployedApplication watcher = DeployedApplication.named("watcher");
        DeployedApplication.atOnce(THREADS_OF_SERVER, number -> watcher.get("left/busy"));
        int watchedBefore = left(watcher, "watched").getInt(0);
        try (JamsocketDevServer backends = JamsocketDevServer.builder()
                .port(Integer.getInteger("dev.port"))
                .start()) {
            JsonArray threads = left(watcher, "threads");
            for (int time = 1; time <= TIMES_WITH_COMMANDS; time++) {
                deployer.deploy("commands");
                ProcessHandle process;
                try {
                    process = runCommand(DeployedApplication.named("commands"));
                    assertThat(process.isAlive()).isTrue();
                } finally {
                    deployer.undeploy("commands");
                }
                assertThat(process.isAlive()).isFalse();
            }

            assertThat(left(watcher, "watched").getInt(0) - watchedBefore).isEqualTo(TIMES_WITH_COMMANDS);
            eventually(
                    "no further thread",
                    Duration.ofSeconds(30),
                    () -> without(threads, left(watcher, "threads")),
                    List::isEmpty);
            if (!Boolean.getBoolean("server.keeps-class-loaders")) {
                letsGoOfClassLoaders(watcher);
            }
        }
    }

    /** Starts a backend, which says as which process it runs. */
    private static ProcessHandle runCommand(DeployedApplication application) throws IOException {
        URI url = URI.create(application.post("scratch/one/connection").getString("url"));
        String answer = new Http(url).get(url.getPath()).body();
        assertThat(answer).contains("SESSION_BACKEND_KEY=one");
        return ProcessHandle.of(Long.parseLong(answer.replaceAll("(?s).*pid=([0-9]+).*", "$1")))
                .orElseThrow();
    }

    @Test
    @EnabledIfSystemProperty(named = "server.keeps-class-loaders", matches = "true", disabledReason = "none are kept")
    void classLoadersAreKeptByTheServerWithoutThisJarToo() {
        DeployedApplication watcher = DeployedApplication.named("watcher");
        int keptBefore = left(watcher, "loaders").size();
        for (int time = 1; time <= TIMES; time++) {
            deployer.deploy("plain");
            try {
                left(DeployedApplication.named("plain"), "work");
            } finally {
                deployer.undeploy("plain");
            }
        }

        assertThat(left(watcher, "loaders")).hasSizeGreaterThan(keptBefore + TIMES / 2);
    }

    private static void letsGoOfClassLoaders(DeployedApplication watcher) {
        eventually("class loaders let go of", LET_GO, () -> left(watcher, "loaders"), List::isEmpty);
    }

    /** Makes all kinds of clients and leaves their streams open. */
    private static void use(DeployedApplication application, int time) {
        String id = application.post("documents/plan" + time + "/connection").getString("backend_id");
        application.get("backends/" + id + "/ready");
        application.post("documents/song" + time + "/connection/async");
        application.post("rooms/room" + time + "/connection");
        application.post("scratch/" + time + "/connection");
        eventually(
                "the asynchronous observer",
                Duration.ofSeconds(60),
                () -> application.get("backends/" + id + "/observed").toString(),
                observed -> observed.contains("later"));
    }

    private static List<JsonValue> without(JsonArray known, JsonArray found) {
        List<JsonValue> rest = new ArrayList<>(found);
        known.forEach(rest::remove);
        return rest;
    }

    /** The HTTP client that applications share with this jar has one thread. */
    private static boolean isNothingOfThisJar(List<JsonValue> threads) {
        return threads.isEmpty()
                || (LEAVES_INTERRUPTED_CALLS
                        && threads.size() == 1
                        && threads.get(0).toString().contains("-SelectorManager"));
    }

    private static JsonArray left(DeployedApplication watcher, String what) {
        return watcher.get("left/" + what).asJsonArray();
    }
}
