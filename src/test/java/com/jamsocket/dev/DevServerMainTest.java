package com.jamsocket.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.jamsocket.internal.dev.launch.ShellWords;
import com.jamsocket.testkit.Http;
import com.jamsocket.testkit.Jvm;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a process of its own. */
@Timeout(60)
class DevServerMainTest {

    @Test
    void printsItsAddressAndEachChangeUntilItIsAskedToEnd() throws Exception {
        Process process = start("--port", "0");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String first = out.readLine();
            assertThat(first).matches("Jamsocket development server on http://127\\.0\\.0\\.1:[0-9]+/");
            Http http = new Http(URI.create(first.substring(first.indexOf("http"))));
            assertThat(out.readLine()).matches("Connection URLs on http://127\\.0\\.0\\.1:[0-9]+/");
            String id = http.spawn();
            for (String status : List.of("scheduled", "loading", "starting", "waiting", "ready")) {
                assertThat(out.readLine()).matches("20[0-9-]+T[0-9:.]+Z {2}" + id + " {2}" + status);
            }

            // The handle's way leaves the output readable.
            process.toHandle().destroy();
            assertThat(out.readLine()).isEqualTo("Stopped");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void showsItsUsageForACommandLineItDoesNotUnderstand() throws Exception {
        Process process = start("--prot", "0");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("unknown option --prot; --help shows the options");
    }

    @Test
    void showsItsOptionsAndItsVersion() throws Exception {
        Process help = start("--help");
        assertThat(help.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(help.exitValue()).isZero();
        assertThat(new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("--command", "--service", "--ready-timeout");
        Process version = start("--version");
        assertThat(version.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(version.exitValue()).isZero();
    }

    @Test
    void runsACommandForEachBackendAndShowsItsLogAndRefusals() throws Exception {
        Process process = start("--port", "0", "--command", quoted(ProcessBackend.command()), "--env", "OWN=a b");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String first = out.readLine();
            Http http = new Http(URI.create(first.substring(first.indexOf("http"))));
            JsonObject response = http.connect("{}");
            URI url = URI.create(response.getString("url"));
            String answer = new Http(url).get(url.getPath()).body();
            assertThat(answer).contains("OWN=a b");
            ProcessHandle backend = ProcessHandle.of(Long.parseLong(answer.replaceAll("(?s).*pid=([0-9]+).*", "$1")))
                    .orElseThrow();
            assertThat(http.get("/v2/backend/none/status").statusCode()).isEqualTo(404);
            // The log is read by a thread of its own, which may come later than the answers.
            String started = response.getString("backend_id") + " | started ";
            List<String> lines = new ArrayList<>();
            while (!lines.contains(started)) {
                String line = out.readLine();
                assertThat(line).as("after %s", lines).isNotNull();
                lines.add(line);
            }
            process.toHandle().destroy();
            out.lines().forEach(lines::add);
            assertThat(lines).contains("Stopped").anySatisfy(line -> assertThat(line)
                    .contains("GET /v2/backend/none/status 404", "NotFound"));
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(backend.isAlive()).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String quoted(String... words) {
        return "'" + String.join("' '", words) + "'";
    }

    @Test
    void saysInOneLineThatItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start("--port", String.valueOf(taken.getLocalPort()));
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("cannot use port " + taken.getLocalPort(), owner())
                    .hasLineCount(1);
        }
    }

    /** Where it can be told. */
    private static String owner() {
        return Files.exists(Path.of("/proc/net/tcp"))
                ? "by process " + ProcessHandle.current().pid()
                : "";
    }

    @ParameterizedTest
    @CsvSource({"'', 8080", "--port 0, 0", "--port 65535, 65535", "--port=1, 1"})
    void understandsItsCommandLine(String line, int port) {
        assertThat(ProgramOptions.parse(arguments(line)).port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port",
                "8080",
                "--port x",
                "--port -1",
                "--port 65536",
                "--port 1 2",
                "-p 1",
                "--command",
                "--command=",
                "--command 'a",
                "--command a\\",
                "--service x",
                "--service =a",
                "--env x --command a",
                "--env A=b",
                "--watch src",
                "--command node server.js",
                "--connection-port x",
                "--public-url x",
                "--public-url ftp://x/",
                "--grace 1",
                "--grace 0s",
                "--grace 1d",
                "--command \"a",
                "--command \"a\\",
                "--ready-timeout soon",
                "--help=yes"
            })
    void refusesOtherCommandLines(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> ProgramOptions.parse(arguments(line)));
    }

    @Test
    void saysThatACommandIsOneArgument() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProgramOptions.parse("--command", "node", "server.js"))
                .withMessage("no option: server.js; a command of several words is written in quotes");
    }

    @Test
    void readsEveryOption() throws Exception {
        try (JamsocketDevServer server = ProgramOptions.parse(
                        "--port=0",
                        "--command=a",
                        "--service",
                        "x=node 'a b.js'",
                        "--env",
                        "A=b=c",
                        "--watch",
                        "src",
                        "--ready-timeout",
                        "500ms",
                        "--grace",
                        "1s",
                        "--max-idle",
                        "2m",
                        "--cluster=eu.example:9090",
                        "--pool=large",
                        "--static-token",
                        "--host=127.0.0.1",
                        "--connection-port=0",
                        "--allowed-host=dev.example",
                        "--public-url=https://public.example/dev",
                        "--public-connection-url=https://backends.example")
                .builder()
                .start()) {
            Http http = Http.of(server);
            assertThat(http.connect("{}").getString("url")).startsWith("https://backends.example/s.");
            assertThat(http.connect("{}").getString("status_url")).startsWith("https://public.example/dev/v2/backend/");
            assertThat(http.connect("{}").getString("token")).startsWith("s.");
            String image = "\"spawn_config\":{\"executable\":{\"image\":\"x\"},";
            String elsewhere = "{" + image + "\"cluster\":\"eu.example:9090\",\"pool\":\"large\"}}";
            assertThat(http.post("/ctrl/connect", elsewhere).statusCode()).isEqualTo(200);
            assertThat(server.backends().get(0).request().maxIdle()).isEqualTo(Duration.ofMinutes(2));
        }
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "1h, PT1H"})
    void readsATimeWithItsUnit(String text, Duration time) {
        try (JamsocketDevServer server =
                ProgramOptions.parse("--port=0", "--max-idle", text).builder().start()) {
            Http.of(server).spawn();
            assertThat(server.backends().get(0).request().maxIdle()).isEqualTo(time);
        }
    }

    @Test
    void knowsThatOnlyTheVersionIsAskedFor() {
        ProgramOptions options = ProgramOptions.parse("--version");
        assertThat(options.version()).isTrue();
        assertThat(options.help()).isFalse();
    }

    @Test
    void splitsACommandAsAShellDoes() {
        assertThat(ShellWords.split(" node  server.js ")).containsExactly("node", "server.js");
        assertThat(ShellWords.split("a 'b c'\\ d")).containsExactly("a", "b c d");
        assertThat(ShellWords.split("a \"b\\\"c\\d\" \\'")).containsExactly("a", "b\"c\\d", "'");
        assertThat(ShellWords.split("a '' \"\"")).containsExactly("a", "", "");
        assertThat(ShellWords.split("a $HOME;b|c *")).containsExactly("a", "$HOME;b|c", "*");
    }

    private static String[] arguments(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ", -1);
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(Jvm.command("-XX:TieredStopAtLevel=1", JamsocketDevServer.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
