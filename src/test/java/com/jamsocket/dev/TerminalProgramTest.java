package com.jamsocket.dev;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.jamsocket.internal.dev.terminal.Screen;
import com.jamsocket.testkit.Http;
import com.jamsocket.testkit.Jvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program in a terminal, which {@code script} of util-linux makes. */
@Timeout(120)
class TerminalProgramTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @BeforeAll
    static void needsScript() throws InterruptedException {
        String version = "";
        try {
            Process script = new ProcessBuilder("script", "--version").start();
            version = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            script.waitFor();
        } catch (IOException e) {
            version = e.toString();
        }
        assumeTrue(version.contains("util-linux"), "script of util-linux is needed: " + version);
    }

    private String written() {
        synchronized (bytes) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private List<String> screen() {
        // Of what steers the terminal only the beginning may have come yet.
        return new Screen(70, 20)
                .write(written().replaceFirst("\u001b(\\[[^@-~]*)?$", ""))
                .all();
    }

    private Process inTerminal(Map<String, String> env, String... options) throws IOException {
        String program = Jvm.command("-XX:TieredStopAtLevel=1", JamsocketDevServer.class.getName()).stream()
                        .collect(Collectors.joining("' '", "'", "' "))
                + String.join(" ", options);
        ProcessBuilder builder = new ProcessBuilder(
                        "script", "-qfec", "stty cols 70 rows 20; " + program + "; stty -a", "/dev/null")
                .redirectErrorStream(true);
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().remove("NO_COLOR");
        builder.environment().put("TERM", "xterm");
        builder.environment().putAll(env);
        Process process = builder.start();
        Thread reader = new Thread(() -> read(process.getInputStream()));
        reader.setDaemon(true);
        reader.start();
        return process;
    }

    private void read(InputStream in) {
        byte[] buffer = new byte[8192];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                synchronized (bytes) {
                    bytes.write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void type(Process process, String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    private URI address() {
        eventually("an address", PATIENCE, this::written, text -> text.contains("Connection URLs on"));
        return URI.create(written().replaceFirst("(?s).*?server on (http://[0-9.:]+/).*", "$1"));
    }

    @Test
    void showsATableThatFollowsWhatHappensAndTakesCommands() throws Exception {
        Process process = inTerminal(Map.of(), "--port", "0");
        try {
            Http http = new Http(address());
            String id = http.connect("{\"key\":\"doc\",\"user\":\"ann\"}").getString("backend_id");
            eventually(
                    "its row at the end of the screen",
                    PATIENCE,
                    this::screen,
                    lines -> fromEnd(lines, 3).matches(id + " +svc +doc +ann +\\d+s +\\d+s +ready")
                            && fromEnd(lines, 4).startsWith("ID  ")
                            && fromEnd(lines, 2).startsWith("1 running, 0 ended  http://127.0.0.1:")
                            && fromEnd(lines, 5).endsWith("ready"));
            assertThat(written()).contains("\u001b[32mready");

            type(process, "terminate " + id.substring(0, 3));
            eventually("what is typed", PATIENCE, this::screen, lines -> fromEnd(lines, 1)
                    .equals("> terminate " + id.substring(0, 3)));
            type(process, "\n");
            eventually(
                    "the end",
                    PATIENCE,
                    this::screen,
                    lines -> fromEnd(lines, 2).startsWith("0 running, 1 ended")
                            && lines.stream().anyMatch(line -> line.endsWith(id + "  terminated")));
            type(process, "quit\n");
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        eventually("what stty says", PATIENCE, this::written, text -> text.contains("echok"));
        assertThat(screen())
                .contains("Stopped")
                .noneMatch(line -> line.startsWith("ID  ") || line.startsWith("> "))
                // As before, for whoever types next.
                .anyMatch(line -> line.matches(".*(?<!-)icanon.*"))
                .anyMatch(line -> line.matches(".*(?<!-)\\becho\\b.*"));
    }

    private static String fromEnd(List<String> lines, int number) {
        return lines.size() < number ? "" : lines.get(lines.size() - number);
    }

    @Test
    void hasLinesAloneInATerminalThatCannotBeDrawnOn() throws Exception {
        Process process = inTerminal(Map.of("TERM", "dumb"), "--port", "0");
        try {
            new Http(address()).spawn();
            type(process, "list\n");
            eventually("a table once", PATIENCE, this::written, text -> text.contains("1 running, 0 ended"));
            assertThat(written()).doesNotContain("\u001b").contains("Type help for commands");
            type(process, "quit\n");
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void hasATableWithoutColoursWhereNobodyWantsThem() throws Exception {
        Process process = inTerminal(Map.of("NO_COLOR", "1"), "--port", "0");
        try {
            new Http(address()).spawn();
            eventually(
                    "a row", PATIENCE, this::screen, lines -> fromEnd(lines, 3).endsWith("ready"));
            assertThat(written()).doesNotContainPattern("\u001b\\[[0-9]+m");
            type(process, "\u0004");
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void leavesTheTerminalAsItWasIfItCannotStart() throws Exception {
        Process process = inTerminal(Map.of(), "--port", "0", "--host", "nowhere.invalid");
        assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        eventually("what stty says", PATIENCE, this::written, text -> text.contains("echok"));
        assertThat(screen())
                .anyMatch(line -> line.contains("nowhere.invalid"))
                .anyMatch(line -> line.matches(".*(?<!-)icanon.*"));
    }
}
