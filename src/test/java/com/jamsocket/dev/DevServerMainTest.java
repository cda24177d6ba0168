package com.jamsocket.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.testkit.Http;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
                .isEqualToIgnoringNewLines("usage: JamsocketDevServer [--port PORT]");
    }

    @Test
    void saysInOneLineThatItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start("--port", String.valueOf(taken.getLocalPort()));
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("cannot use port " + taken.getLocalPort())
                    .hasLineCount(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 8080", "--port 0, 0", "--port 65535, 65535"})
    void understandsItsCommandLine(String line, int port) {
        assertThat(DevServerMain.port(arguments(line))).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "8080", "--port x", "--port -1", "--port 65536", "--port 1 2", "-p 1"})
    void refusesOtherCommandLines(String line) {
        assertThat(DevServerMain.port(arguments(line))).isNull();
    }

    private static String[] arguments(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ");
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                JamsocketDevServer.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
