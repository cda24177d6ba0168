package com.jamsocket.internal.dev.terminal;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.TerminationReason;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of the program's terminal, as it looks on one. */
@Timeout(60)
class LiveTerminalTest {

    private static final Instant NOW = Instant.parse("2024-11-04T20:42:21Z");
    private static final TerminalStyle PLAIN = new TerminalStyle(false);
    private static final String HINT = "> list, terminate ID, kill ID, restart, help, quit";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LiveTerminal terminal = on(bytes, PLAIN);
    private final Shown shown = new Shown();

    private static LiveTerminal on(OutputStream out, TerminalStyle style) {
        return new LiveTerminal(new PrintStream(out, false, StandardCharsets.UTF_8), style);
    }

    private static final class Shown implements LiveTerminal.Source {
        private final List<BackendRow> running = new ArrayList<>();
        private LiveTerminal.Size size = new LiveTerminal.Size(60, 12);
        private int ended;

        @Override
        public LiveTerminal.Size size() {
            return size;
        }

        @Override
        public BackendRows backends() {
            return new BackendRows(NOW, List.copyOf(running), ended);
        }

        @Override
        public String address() {
            return "http://127.0.0.1:8080/";
        }
    }

    private static BackendRow row(String id, String key, String user, Duration age) {
        Instant began = NOW.minus(age);
        return new BackendRow(id, "svc", key, user, BackendState.ready(began.plusSeconds(1)), began, null);
    }

    private Screen screen() {
        return new Screen(shown.size.columns(), shown.size.lines()).write(bytes.toString(StandardCharsets.UTF_8));
    }

    private Screen draw(String... lines) {
        List.of(lines).forEach(terminal::line);
        terminal.draw(shown, shown.size);
        return screen();
    }

    @Test
    void keepsTheTableBelowTheLinesThatCome() {
        assertThat(draw("one").all()).containsExactly("one", "0 running, 0 ended  http://127.0.0.1:8080/", HINT);

        shown.running.add(row("be1", "doc", "ann", Duration.ofSeconds(5)));
        draw("two");
        shown.running.add(row("be2", null, null, Duration.ofMinutes(61)));
        draw("three", "four");
        shown.running.remove(0);
        shown.ended = 1;

        assertThat(draw().all())
                .containsExactly(
                        "one",
                        "two",
                        "three",
                        "four",
                        "ID   SERVICE  KEY  USER  AGE  IDLE  STATUS",
                        "be2  svc      -    -     1h   -     ready",
                        "1 running, 1 ended  http://127.0.0.1:8080/",
                        HINT);
        assertThat(screen().clears()).isZero();
    }

    @Test
    void keepsItWhereLinesAreLongerThanTheTerminalAndMoreThanIt() {
        shown.size = new LiveTerminal.Size(30, 12);
        shown.running.add(row("be1", "k".repeat(50), "u".repeat(50), Duration.ofHours(49)));
        for (int i = 10; i < 40; i++) {
            draw(i + " " + "x".repeat(70), "short");
        }

        List<String> all = screen().all();
        assertThat(all).hasSize(30 * 4 + 4);
        assertThat(all.subList(116, 124))
                .containsExactly(
                        "39 " + "x".repeat(27),
                        "x".repeat(30),
                        "x".repeat(13),
                        "short",
                        "ID   KEY       AGE  STATUS",
                        "be1  kkkkkkk…  2d   ready",
                        "1 running, 0 ended  http://12…",
                        "> list, terminate ID, kill ID…");
    }

    @Test
    void isInPlaceInATerminalThatWasJustMadeNarrower() {
        shown.running.add(row("be1", "doc", "ann", Duration.ZERO));
        draw("one");
        draw("two");
        Screen narrow = new Screen(30, 12).write(bytes.toString(StandardCharsets.UTF_8));
        assertThat(narrow.all()).hasSize(6).startsWith("one", "two").satisfies(lines -> assertThat(lines.get(3))
                .startsWith("be1  svc"));
    }

    @Test
    void showsTheLastBackendsWhereAllAreTooMany() {
        for (int i = 0; i < 100; i++) {
            shown.running.add(row("be" + i, null, null, Duration.ZERO));
        }

        List<String> all = draw("one").all();
        assertThat(all).hasSize(1 + 1 + 6 + 1 + 1);
        assertThat(all.get(2)).startsWith("be94 ");
        assertThat(all.get(7)).startsWith("be99 ");
        assertThat(all.get(8)).startsWith("100 running, 0 ended, the last 6 are shown");
        shown.size = new LiveTerminal.Size(60, 3);
        bytes.reset();
        assertThat(on(bytes, PLAIN)).satisfies(small -> small.draw(shown, shown.size));
        assertThat(screen().all()).hasSize(2);
    }

    @Test
    void writesNothingWhereNothingIsNew() {
        shown.running.add(row("be1", null, null, Duration.ZERO));
        draw("one");
        int before = bytes.size();
        draw();
        assertThat(bytes.size()).isEqualTo(before);
        terminal.typed("l");
        draw();
        assertThat(bytes.size()).isGreaterThan(before);
    }

    @Test
    void showsWhatIsTypedWithTheCursorBehind() {
        assertThat(draw().beforeCursor()).isEqualTo("> ");
        terminal.typed("terminate be1");
        assertThat(draw("one").beforeCursor()).isEqualTo("> terminate be1");
        terminal.typed("terminate " + "b".repeat(60) + "e");
        assertThat(draw().beforeCursor()).isEqualTo("> " + "b".repeat(56) + "e");
        terminal.typed("");
        assertThat(draw().beforeCursor()).isEqualTo("> ");
        assertThat(screen().all()).endsWith(HINT);
    }

    @Test
    void isTakenAwayAtTheEnd() {
        shown.running.add(row("be1", null, null, Duration.ZERO));
        draw("one");
        terminal.line("two");
        terminal.close();
        terminal.line("three\u001b[2J");
        terminal.draw(shown, shown.size);
        terminal.close();
        assertThat(screen().all()).containsExactly("one", "two", "three", "");
    }

    @Test
    void leavesColoursAloneOfWhatProgramsSteerATerminalWith() {
        draw("a\u001b[2Jb\u001b[10;3Hc\rd\u001b]0;x\u0007e\u001b[31mred\u001b[0m\u001bcf\b\u001b[?1049hg\u001b");
        assertThat(screen().all()).startsWith("abcderedfg");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("\u001b[31mred");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30, 40, 50, 60, 80, 200})
    void fitsIntoTheWidthThereIs(int width) {
        List<BackendRow> rows = List.of(
                row("be1", "doc/42", "ann", Duration.ofSeconds(59)),
                row("be22", "k".repeat(100), "u".repeat(100), Duration.ofMinutes(59)));
        List<String> lines = BackendTable.lines(rows, NOW, width, PLAIN);

        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
        // Whatever is left out, this is not.
        assertThat(lines.get(0)).startsWith("ID").endsWith("STATUS");
        assertThat(lines.get(2)).startsWith("be22").endsWith("ready");
        assertThat(lines.get(1).indexOf("ready"))
                .isEqualTo(lines.get(0).indexOf("STATUS"))
                .isEqualTo(lines.get(2).indexOf("ready"));
        assertThat(lines.get(0).contains("KEY")).isEqualTo(width >= 30);
        assertThat(lines.get(0).contains("AGE  IDLE")).isEqualTo(width >= 40);
        assertThat(lines.get(0).contains("SERVICE  KEY")).isEqualTo(width >= 50);
        assertThat(lines.get(0).contains("USER")).isEqualTo(width >= 60);
        assertThat(lines.get(2).contains("k".repeat(39) + "…")).isEqualTo(width == 200);
    }

    @Test
    void lookstheSameWithColours() {
        List<BackendRow> rows =
                List.of(row("be1", "日本語", "e\u0301va", Duration.ZERO), row("b", "ab", "c", Duration.ZERO));
        List<String> without = BackendTable.lines(rows, NOW, 80, PLAIN);
        List<String> with = BackendTable.lines(rows, NOW, 80, new TerminalStyle(true));
        assertThat(with).allSatisfy(line -> assertThat(line).contains("\u001b["));
        assertThat(with.stream().map(line -> line.replaceAll("\u001b\\[[0-9]+m", "")))
                .containsExactlyElementsOf(without);
        // Two columns each, and none for the mark.
        assertThat(without)
                .containsExactly(
                        "ID   SERVICE  KEY     USER  AGE  IDLE  STATUS",
                        "be1  svc      日本語  e\u0301va   0s   -     ready",
                        "b    svc      ab      c     0s   -     ready");
    }

    @Test
    void isReadKeyByKey() throws Exception {
        List<String> commands = new ArrayList<>();
        List<String> typed = new ArrayList<>();
        TerminalKeys keys = new TerminalKeys(
                new StringReader("lisx\u007ft\n\u001b[A\u001b[3~\u001bOPquit\u0015help\rä😀\b\u0007\nquit\nlist\n"),
                typed::add);
        boolean ends = keys.readAll(line -> {
            commands.add(line);
            return !line.equals("quit");
        });
        assertThat(commands).containsExactly("list", "help", "ä", "quit");
        assertThat(ends).isTrue();
        assertThat(typed).startsWith("l", "li", "lis", "lisx", "lis", "list", "");
        assertThat(new TerminalKeys(new StringReader("a"), line -> {}).readAll(line -> true))
                .isFalse();
        assertThat(new TerminalKeys(new StringReader("a\u0004\u0015\u0004a"), line -> {}).readAll(line -> true))
                .isTrue();
    }

    @Test
    void aTerminalThatIsStoppedMakesNobodyWait() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        LiveTerminal slow = on(
                new OutputStream() {
                    @Override
                    public void write(int octet) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void write(byte[] from, int offset, int length) {
                        stopped.countDown();
                        try {
                            goesOn.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        bytes.write(from, offset, length);
                    }
                },
                PLAIN);
        slow.start(shown);
        assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
        IntStream.range(0, 10_100).forEach(i -> slow.line("line " + i));
        goesOn.countDown();
        eventually("the rest", () -> bytes.toString(StandardCharsets.UTF_8).contains("line 10099"));
        slow.close();
        assertThat(screen().all())
                .contains("(100 lines left out)", "line 100")
                .doesNotContain("line 99")
                .endsWith("line 10099", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u1100",
                "\u115f",
                "\u2e80",
                "\u65e5",
                "\ua4cf",
                "\uac00",
                "\ud7a3",
                "\uf900",
                "\ufaff",
                "\ufe30",
                "\ufe6f",
                "\uff00",
                "\uff60",
                "\uffe0",
                "\uffe6",
                "\ud83c\udf00",
                "\ud83e\udeff",
                "\ud840\udc00",
                "\ud8bf\udffd"
            })
    void givesTwoColumnsToWhatIsWide(String text) {
        assertThat(TerminalStyle.columns(text)).isEqualTo(2);
        assertThat(TerminalStyle.fitted(text + text, 3)).isEqualTo(text + "…");
        assertThat(TerminalStyle.end("a" + text, 2)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "\u00e9",
                "\u10ff",
                "\u1160",
                "\u2e7f",
                "\u303f",
                "\ua4d0",
                "\uabff",
                "\ud7b0",
                "\uf8ff",
                "\ufb00",
                "\ufe70",
                "\ufefc",
                "\uff61",
                "\uffdc",
                "\uffe8",
                "\ud83c\udeff",
                "\ud83e\udf00",
                "\ud83f\udffd",
                "\udb80\udc00"
            })
    void givesOneColumnToOthers(String text) {
        assertThat(TerminalStyle.columns(text)).isEqualTo(1);
        assertThat(TerminalStyle.fitted(text, 3)).isEqualTo(text + "  ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0301", "\u20dd", "\u200d"})
    void givesNoColumnToMarks(String mark) {
        assertThat(TerminalStyle.columns("e" + mark)).isEqualTo(1);
        assertThat(TerminalStyle.cut("e" + mark + "va", 2)).isEqualTo("e" + mark + "…");
    }

    @Test
    void saysHowABackendEnds() {
        TerminalStyle coloured = new TerminalStyle(true);
        BackendState softly = BackendState.terminating(NOW, TerminationReason.SWEPT);
        assertThat(TerminalStyle.text(softly)).isEqualTo("terminating (swept)");
        BackendState hard = BackendState.hardTerminating(NOW, TerminationReason.EXTERNAL);
        assertThat(coloured.ofState(hard)).isEqualTo("\u001b[33mhard-terminating (external)\u001b[0m");
        BackendState.Terminated.Builder ended = BackendState.Terminated.builder(NOW);
        assertThat(coloured.ofState(ended.build())).isEqualTo("\u001b[2mterminated\u001b[0m");
        assertThat(coloured.ofState(ended.exitError(false).build())).isEqualTo("\u001b[2mterminated\u001b[0m");
        assertThat(coloured.ofState(ended.exitError(true).build()))
                .isEqualTo("\u001b[31mterminated with an error\u001b[0m");
    }

    @Test
    void isNotConfusedByKeysThatMeanNothingHere() throws Exception {
        List<String> commands = new ArrayList<>();
        // Backspace where nothing is left, an escape and another key, and a sequence that never ends.
        TerminalKeys keys = new TerminalKeys(new StringReader("\u007f\ba\u001bxb\n\u001b[1"), line -> {});
        assertThat(keys.readAll(commands::add)).isFalse();
        assertThat(commands).containsExactly("ab");
    }
}
