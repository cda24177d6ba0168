package com.jamsocket.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.ends.Report;
import com.example.ends.Visit;
import com.jamsocket.testkit.EndsDriver;
import com.jamsocket.testkit.Jvm;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The run of {@link EndsDriver} with two nodes on a server, for as many minutes as it is asked for. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "ends.minutes", matches = "[0-9.]+", disabledReason = "takes minutes")
class EndsIT {

    @Deployment(name = "one", testable = false)
    static WebArchive one() {
        return Archives.ends("one");
    }

    @Deployment(name = "two", testable = false)
    static WebArchive two() {
        return Archives.ends("two");
    }

    /** An application that is asked over HTTP. */
    private record Node(DeployedApplication application) implements EndsDriver.Node {

        @Override
        public Visit visit(String key, boolean last) {
            JsonObject answer = application.post("visits/" + key + "?last=" + last);
            Visit visit = new Visit();
            visit.backend = answer.getString("backend", null);
            visit.spawned = answer.getBoolean("spawned");
            visit.failure = answer.getString("failure", null);
            return visit;
        }

        @Override
        public int terminateTheRest() {
            return Integer.parseInt(application.answer("DELETE", "visits"));
        }

        @Override
        public int followed() {
            return Integer.parseInt(application.answer("visits/followed").body());
        }

        @Override
        public Report report() {
            JsonObject answer = application.get("visits").asJsonObject();
            Report report = new Report();
            report.ends = answer.getJsonObject("ends").entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, backend -> backend.getValue().asJsonArray().stream()
                            .map(how -> ((JsonString) how).getString())
                            .toList()));
            report.statesAfterAnEnd = answer.getInt("statesAfterAnEnd");
            report.followed = answer.getInt("followed");
            report.diagnostics = answer.getString("diagnostics");
            return report;
        }
    }

    @Test
    void everyNodeIsToldOneEndOfEachBackend() throws InterruptedException {
        List<String> server = List.of(
                Jvm.tool("java"),
                "-Xmx256m",
                "-jar",
                System.getProperty("cli.jar"),
                "--port",
                System.getProperty("dev.port"));
        List<EndsDriver.Node> nodes =
                List.of(new Node(DeployedApplication.named("one")), new Node(DeployedApplication.named("two")));
        long milliseconds = (long) (Double.parseDouble(System.getProperty("ends.minutes")) * 60_000);

        assertThat(new EndsDriver(server, nodes).run(Duration.ofMillis(milliseconds)))
                .isEmpty();
    }
}
