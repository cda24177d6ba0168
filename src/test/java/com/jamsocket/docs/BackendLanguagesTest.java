package com.jamsocket.docs;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Launcher;
import com.jamsocket.testkit.ReservedPort;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs of docs/backend-languages.md do their duties; where a language is missing they are skipped by name. */
class BackendLanguagesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"Node, js, node, server.mjs", "Python, python, python3, server.py"})
    void greetsItsUserAndEndsInTime(String heading, String language, String program, String file) throws Exception {
        assumeThatThereIs(program, heading);
        write(heading, language, file);

        try (JamsocketDevServer server = JamsocketDevServer.builder()
                        .launcher(Launcher.command(program, file).directory(directory))
                        .start();
                Jamsocket jamsocket = Jamsocket.dev(server.port())) {
            ConnectResponse connection = jamsocket.connect(
                    ConnectRequest.builder().key("plan").user("änn").build());
            String id = connection.backendId();
            jamsocket.awaitReady(id, PATIENCE);

            assertThat(get(connection.url())).isEqualTo("200 Hello, änn\n");

            jamsocket.terminate(id, TerminationKind.SOFT);
            BackendState.Terminated end =
                    jamsocket.awaitTerminated(id, PATIENCE).state();
            assertThat(end.kind()).isEqualTo(TerminationKind.SOFT);
            assertThat(end.exitError()).isNotEqualTo(true);
        }
    }

    /** Past the proxy, to a backend that takes itself for another one than the request is for. */
    @ParameterizedTest
    @CsvSource({"Node, js, node, server.mjs", "Python, python, python3, server.py"})
    void refusesWhatDidNotComeThroughTheProxy(String heading, String language, String program, String file)
            throws Exception {
        assumeThatThereIs(program, heading);
        write(heading, language, file);
        ProcessBuilder builder =
                new ProcessBuilder(program, file).directory(directory.toFile()).inheritIO();
        builder.environment().put("SESSION_BACKEND_ID", "b1");
        try (ReservedPort port = new ReservedPort()) {
            builder.environment().put("PORT", Integer.toString(port.forServer()));
            Process process = builder.start();
            try {
                URI address = URI.create("http://localhost:" + port.number() + "/");
                eventually("it listens", () -> answers(address));
                assertThat(get(address)).isEqualTo("403 ");
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private boolean answers(URI address) throws InterruptedException {
        try {
            http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void write(String heading, String language, String file) throws IOException {
        Files.writeString(
                directory.resolve(file),
                Page.of("docs/backend-languages.md").block(language, heading).text());
    }

    private static void assumeThatThereIs(String program, String name) {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .as(name)
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private String get(URI address) throws IOException, InterruptedException {
        var answer = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }
}
