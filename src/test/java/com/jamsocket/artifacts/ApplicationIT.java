package com.jamsocket.artifacts;

import static com.jamsocket.artifacts.Artifacts.CLIENT;
import static com.jamsocket.artifacts.Artifacts.DEV;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.dev.JamsocketDevServer;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Applications with the client alone, and with the development server beside it, each in a JVM of its own. */
class ApplicationIT {

    private static final String[] WHOLE_LIFE = {"state scheduled", "status ready", "state terminated", "end Terminated["
    };
    private static final String WHICH_TO_ADD =
            "add the dependency com.jamsocket:jamsocket-jakarta with the classifier \"dev\"";
    private static final String WARNING = "The development server is in this application";

    @Test
    void theClientAloneCallsAndFollows() throws Exception {
        try (JamsocketDevServer server = JamsocketDevServer.start()) {
            assertThat(withClient("life", String.valueOf(server.port()))).contains(WHOLE_LIFE);
        }
    }

    @Test
    void theClientAloneIsInjectedAndObserved() throws Exception {
        try (JamsocketDevServer server = JamsocketDevServer.start()) {
            String output = run(List.of("cdi"), List.of("JAMSOCKET_DEV=true", "JAMSOCKET_DEV_PORT=" + server.port()));
            assertThat(output).contains("spawned true", "observed true").doesNotContain(WARNING);
        }
    }

    @Test
    void theClientAloneSaysWhichDependencyTheEmbeddedServerNeeds() throws Exception {
        assertThat(withClient("embedded")).startsWith("refused ").contains(WHICH_TO_ADD);
        assertThat(run(List.of("cdi"), List.of("JAMSOCKET_DEV=embedded"))).contains("refused ", WHICH_TO_ADD);
    }

    @Test
    void bothTogetherNeedNoOther() throws Exception {
        assertThat(withBoth(List.of("embedded"), List.of())).contains(WHOLE_LIFE);
        assertThat(withBoth(List.of("cdi"), List.of("JAMSOCKET_DEV=embedded")))
                .contains("spawned true", "observed true")
                .doesNotContain(WARNING);
    }

    @Test
    void whatGoesToProductionWithBothIsWarnedOnceAtItsStart() throws Exception {
        try (JamsocketDevServer cluster = JamsocketDevServer.start()) {
            String output = withBoth(
                    List.of("cdi"),
                    List.of("JAMSOCKET_PLANE_URL=" + cluster.url(), "JAMSOCKET_PLANE_IMAGE=example/room:1"));
            assertThat(output).contains("spawned true");
            assertThat(output.split(WARNING, -1)).hasSize(2);
            assertThat(output.indexOf(WARNING)).isLessThan(output.indexOf("started"));
        }
    }

    @Test
    void aNamedClientThatIsForDevelopmentIsEnoughToBeSilent() throws Exception {
        try (JamsocketDevServer cluster = JamsocketDevServer.start()) {
            String output = withBoth(
                    List.of("cdi"),
                    List.of(
                            "JAMSOCKET_PLANE_URL=" + cluster.url(),
                            "JAMSOCKET_PLANE_IMAGE=example/room:1",
                            "JAMSOCKET_CLIENTS_SCRATCH_DEV=embedded"));
            assertThat(output).contains("spawned true").doesNotContain(WARNING);
        }
    }

    @Test
    void anApplicationMayHaveTheServerWhereTheClientIsShared() throws Exception {
        assertThat(withClient("embedded", "application", DEV.file().getPath())).contains(WHOLE_LIFE);
    }

    @Test
    void aServerThatBelongsToAnotherCopyOfTheClientIsRefused() throws Exception {
        assertThat(withClient(
                        "embedded",
                        "platform",
                        CLIENT.file().getPath(),
                        DEV.file().getPath()))
                .startsWith("refused ")
                .contains("must be of the same version, in the same place");
    }

    private static String withClient(String... arguments) throws Exception {
        return run(List.of(arguments), List.of());
    }

    private static String withBoth(List<String> arguments, List<String> environment) throws Exception {
        List<String> path = new ArrayList<>(Artifacts.classPath());
        path.add(DEV.file().getPath());
        return run(path, arguments, environment);
    }

    private static String run(List<String> arguments, List<String> environment) throws Exception {
        return run(Artifacts.classPath(), arguments, environment);
    }

    private static String run(List<String> classPath, List<String> arguments, List<String> environment)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add("-cp");
        command.add(String.join(File.pathSeparator, classPath));
        command.add(Probe.class.getName());
        command.addAll(arguments);
        return Artifacts.run(command, environment);
    }
}
