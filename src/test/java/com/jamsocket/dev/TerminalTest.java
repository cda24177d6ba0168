package com.jamsocket.dev;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.TerminationReason;
import com.jamsocket.internal.dev.terminal.TerminalStyle;
import com.jamsocket.testkit.Http;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the program prints, and the commands that are typed. */
@Timeout(60)
class TerminalTest {

    private static final Instant TIME = Instant.parse("2024-11-04T20:42:21Z");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final TerminalOutput plain = new TerminalOutput(out::println, new TerminalStyle(false));
    private final TerminalOutput coloured = new TerminalOutput(out::println, new TerminalStyle(true));
    private final AtomicInteger quits = new AtomicInteger();

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void type(JamsocketDevServer server, String... lines) {
        new TerminalCommands(server, plain, quits::incrementAndGet)
                .readAll(TerminalCommands.lines(new BufferedReader(new StringReader(String.join("\n", lines)))));
    }

    @Test
    void hasColoursOnATerminalThatShowsThemUnlessNobodyWantsThem() {
        assertThat(TerminalStyle.hasColours(Map.of("TERM", "xterm"))).isTrue();
        assertThat(TerminalStyle.hasColours(Map.of("TERM", "xterm", "NO_COLOR", "")))
                .isTrue();
        assertThat(TerminalStyle.hasColours(Map.of("WT_SESSION", "x"))).isTrue();
        assertThat(TerminalStyle.hasColours(Map.of("TERM", "xterm", "NO_COLOR", "1")))
                .isFalse();
        assertThat(TerminalStyle.hasColours(Map.of("TERM", "dumb"))).isFalse();
        assertThat(TerminalStyle.hasColours(Map.of())).isFalse();
    }

    @Test
    void printsTheSameLinesWithAndWithoutColours() {
        print(plain);
        List<String> without = lines();
        bytes.reset();
        print(coloured);

        assertThat(without)
                .containsExactly(
                        "be1 | hello",
                        "2024-11-04T20:42:21Z  be1  ready",
                        "2024-11-04T20:42:21Z  be1  terminating (external)",
                        "2024-11-04T20:42:21Z  be1  terminated with an error",
                        "2024-11-04T20:42:21Z  GET /x 404  No such  [31mthing");
        assertThat(lines()).allSatisfy(line -> assertThat(line).contains("\u001b["));
        // That of the refusal came from outside, and is none any more.
        assertThat(lines().stream().map(line -> line.replaceAll("\u001b\\[[0-9]+m", "")))
                .containsExactlyElementsOf(without);
    }

    private static void print(TerminalOutput output) {
        output.logged("be1", "hello");
        output.changed("be1", BackendState.ready(TIME));
        output.changed("be1", BackendState.terminating(TIME, TerminationReason.EXTERNAL));
        output.changed(
                "be1", BackendState.Terminated.builder(TIME).exitError(true).build());
        output.answered(request(200, null));
        output.answered(request(404, "No such\n\u001b[31mthing"));
    }

    private static RecordedRequest request(int status, String refusal) {
        return RecordedRequest.builder(TIME, "GET", "/x")
                .status(status)
                .refusal(refusal)
                .build();
    }

    @Test
    void nothingThatCameFromOutsideSteersATerminalWithoutATable() {
        plain.logged("be1", "a\u001b[2Jb\u001b]0;title\u0007c\rd\u009b2Je");
        plain.answered(RecordedRequest.builder(TIME, "GET", "/\u001b[2Jx\u009b2J")
                .status(404)
                .build());
        plain.line("unknown command \u001b[2Jx");

        assertThat(lines())
                .containsExactly("be1 | abcd2Je", "2024-11-04T20:42:21Z  GET / [2Jx 2J 404", "unknown command x");
    }

    @Test
    void endsTheColoursOfALogLineWithIt() {
        coloured.logged("be1", "\u001b[31mred");
        assertThat(lines().get(0)).endsWith("\u001b[0m");
    }

    @Test
    void listsTheBackendsThatRun() {
        try (JamsocketDevServer server = server()) {
            server.nextBackendId("be1");
            Http.of(server).connect("{\"key\":\"doc\\n42\",\"user\":\"ann\"}");
            server.nextBackendId("be2");
            Http.of(server).connect("{\"key\":\"" + "k".repeat(100) + "\"}");
            server.nextBackendId("be3");
            Http.of(server).spawn();
            server.backend("be3").crash(1);
            type(server, "list");

            assertThat(lines()).hasSize(4);
            assertThat(lines().get(0)).matches("ID +SERVICE +KEY +USER +AGE +IDLE +STATUS");
            assertThat(lines().get(1)).matches("be1 +svc +doc 42 +ann +[0-9]+s +[0-9]+s +scheduled");
            assertThat(lines().get(2)).matches("be2 +svc +k{39}… +- +[0-9]+s +[0-9]+s +scheduled");
            assertThat(lines().get(1).indexOf("scheduled"))
                    .isEqualTo(lines().get(0).indexOf("STATUS"))
                    .isEqualTo(lines().get(2).indexOf("scheduled"));
            assertThat(lines().get(3)).isEqualTo("2 running, 1 ended");
        }
    }

    @Test
    void endsBackendsSoftlyOrHard() {
        try (JamsocketDevServer server = server()) {
            String soft = Http.of(server).spawn();
            String hard = Http.of(server).spawn();
            type(server, "terminate " + soft, "  kill   " + hard + " ");

            assertThat(server.backend(soft).state().status()).isEqualTo(BackendStatus.TERMINATING);
            assertThat(server.backend(hard).state().status()).isEqualTo(BackendStatus.HARD_TERMINATING);
            server.backend(hard).advanceTo(BackendStatus.TERMINATED);
            type(server, "kill " + hard, "kill none", "terminate");
            assertThat(lines())
                    .containsExactly(
                            hard + " has ended already", "no backend none", "which backend? list shows their ids");
        }
    }

    @Test
    void knowsABackendByAsMuchOfItsIdAsNoOtherHas() {
        try (JamsocketDevServer server = server()) {
            for (String id : List.of("ab1", "ab2", "ab", "c1", "c2")) {
                server.nextBackendId(id);
                Http.of(server).spawn();
            }
            server.backend("c2").crash(1);
            type(server, "terminate a", "terminate ab", "terminate ab1", "terminate c");

            assertThat(lines()).containsExactly("several: ab1, ab2, ab");
            assertThat(server.backends().stream()
                            .filter(backend -> backend.state().status() == BackendStatus.TERMINATING)
                            .map(BackendSnapshot::id))
                    .containsExactly("ab1", "ab", "c1");
        }
    }

    @Test
    void restartsWhatRunsCommands() {
        try (JamsocketDevServer server = JamsocketDevServer.builder()
                .launcher(Launcher.command(ProcessBackend.command()))
                .start()) {
            type(server, "restart");
            String first = Http.of(server).connect("{\"key\":\"k\"}").getString("backend_id");
            eventually("a process", () -> server.backend(first).state().status() == BackendStatus.READY);
            type(server, "restart");
            assertThat(Http.of(server).connect("{\"key\":\"k\"}").getBoolean("spawned"))
                    .isTrue();
        }
        assertThat(lines())
                .containsExactly("no backend runs a command", "1 backend asked to end; the next connect starts anew");
    }

    @Test
    void quitsWhenItIsToldToAndGoesOnWhenNothingMoreIsTyped() {
        try (JamsocketDevServer server = server()) {
            type(server, "", "help", "halp");
            assertThat(quits).hasValue(0);
            assertThat(lines()).anyMatch(line -> line.startsWith("terminate ID"));
            assertThat(lines()).endsWith("unknown command halp; help shows the commands");
            type(server, "quit", "help");
            assertThat(quits).hasValue(1);
        }
    }

    @Test
    void endsWithItsServer() {
        JamsocketDevServer server = server();
        server.close();
        type(server, "list", "help");
        assertThat(lines()).isEmpty();
    }

    private static JamsocketDevServer server() {
        return JamsocketDevServer.builder().lifecycle(Lifecycle.manual()).start();
    }
}
