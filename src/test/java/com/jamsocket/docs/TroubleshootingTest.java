package com.jamsocket.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md has every message of the client, and no other. */
class TroubleshootingTest {

    private static final Path SOURCES = Path.of("src/main/java/com/jamsocket");

    /** The development server and tests of users explain themselves; what is measured and recorded are no messages. */
    private static final List<String> SILENT = List.of("dev", "test", "internal/dev", "observe", "internal/observe");

    /** What it says are causes in the debug log, or of arguments that only the client gives. */
    private static final Path EVENT_SOURCE = Path.of("internal/sse");

    private static final Pattern COMMENT =
            Pattern.compile("/\\*.*?\\*/|^\\s*//.*?$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{2,}");

    /** What is not told to anybody: formats, header values, what developers see. */
    private static final List<String> NO_MESSAGES = List.of(
            "has a variant of its own", // of an assertion of the factory
            "only its name is written", // of serialization
            "the container is shutting down", // is caught
            "this JDK ", // is caught, or of a comparison
            "where it happened, on another thread", // a suppressed exception that shows a stack
            "unsupported or unrecognized ssl message", // what the JDK says
            "An unknown state has no JSON object",
            "; or as properties",
            "(MicroProfile Config",
            "with the classifier", // a part of a message
            "failures like this in all", // the last line of a kind, whose first has a name
            "but its stream has not told all", // of the debug log
            "the stream that was opened anew",
            "calls wait for it already");

    @Test
    void hasEveryMessage() throws IOException {
        List<String> shown = phrases();
        List<String> missing = new ArrayList<>();
        for (Path file : sources()) {
            if (SOURCES.relativize(file).startsWith(EVENT_SOURCE)) {
                continue;
            }
            for (List<String> message : messages(Files.readString(file))) {
                if (message.stream().noneMatch(part -> shown.stream().anyMatch(part::contains))) {
                    missing.add(file.getFileName() + ": " + message);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void hasNoOther() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : sources()) {
            all.append(joined(Files.readString(file))).append('\n');
        }
        assertThat(phrases()).allSatisfy(phrase -> assertThat(all).contains(phrase));
    }

    /** What the page shows between variable parts, in its tables about this client; three words at least. */
    private static List<String> phrases() {
        String page = Page.of("docs/troubleshooting.md").text();
        String ours = page.substring(0, page.indexOf("## The compiler and the console"));
        return ours.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| You see"))
                .flatMap(line -> Pattern.compile("`([^`]+)`")
                        .matcher(line.split(" \\| ", 2)[0])
                        .results()
                        .map(code -> code.group(1)))
                .flatMap(code -> Stream.of(code.split("…")))
                .map(String::strip)
                .filter(phrase -> WORD.matcher(phrase).results().count() >= 3)
                .toList();
    }

    /** The texts of five words and more of each statement or argument, but for those of the log. */
    private static List<List<String>> messages(String source) {
        return Stream.of(joined(source).split(";\n|,\n"))
                .filter(statement -> !statement.contains("JAMSOCKET-")
                        && !statement.contains("Level.DEBUG")
                        && !statement.contains("Pattern."))
                .map(statement -> LITERAL.matcher(statement)
                        .results()
                        .map(literal -> literal.group(1))
                        .toList())
                .filter(parts -> parts.stream().anyMatch(TroubleshootingTest::isMessage))
                .toList();
    }

    private static boolean isMessage(String text) {
        return WORD.matcher(text).results().count() >= 5
                && text.contains(" ")
                && NO_MESSAGES.stream().noneMatch(text::contains);
    }

    /** Without comments, and with each text in one piece. */
    private static String joined(String source) {
        return COMMENT.matcher(source).replaceAll("").replaceAll("\"\\s*\\+\\s*\"", "");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> SILENT.stream().noneMatch(room -> file.startsWith(SOURCES.resolve(room))))
                    .toList();
        }
    }
}
