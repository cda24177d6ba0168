package com.jamsocket.internal.sse;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Takes down how a subject does in each case, beside what earlier runs have taken down of others, and writes all of it
 * to docs/sse-comparison.md.
 */
final class ComparisonTable implements TestWatcher, AfterAllCallback {

    private static final Path NOTES = Path.of("target", "sse-comparison");
    private static final Path TABLE = Path.of("docs", "sse-comparison.md");
    private static final String OURS = "this library";
    private static final String YES = "yes";
    private static final String NO = "**no**";
    private static final String SOMETIMES = "sometimes";
    private static final String INTRODUCTION =
            """
            # Event sources compared

            How the event source of this library and those of three Jakarta REST implementations keep the contract of
            `SseEventSourceContract`: eighteen cases of a life that is followed from its first state to its last over a
            network that fails. It is what this library needs, which is more than the specification of Jakarta REST
            asks for: a "no" is a difference, not always a defect. The others are used through the standard API alone.
            Events without data, which is how some hand out comments, are not counted. In the place of our silence limit
            they have a read timeout of 300 ms, which also helps a blocked one to let go of its connection when closed.
            What fails is tried up to three times; "sometimes" tells of chance, or of a slow machine.

            Written by `mvn -B clean test -Psse-comparison` on %s, with Java %s.

            """;

    private final Map<String, String> outcomes = new ConcurrentHashMap<>();

    @Override
    public void testSuccessful(ExtensionContext context) {
        outcomes.put(context.getRequiredTestMethod().getName(), YES);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        outcomes.put(context.getRequiredTestMethod().getName(), NO);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        String subject = context.getRequiredTestClass() == OurComparison.class
                ? OURS
                : System.getProperty("rest.implementation");
        Files.createDirectories(NOTES);
        Path file = NOTES.resolve(subject);
        Properties notes = Files.exists(file) ? read(file) : new Properties();
        outcomes.forEach(
                (name, outcome) -> notes.merge(name, outcome, (before, now) -> before.equals(now) ? now : SOMETIMES));
        try (Writer out = Files.newBufferedWriter(file)) {
            notes.store(out, null);
        }
        Files.writeString(
                TABLE,
                INTRODUCTION.formatted(LocalDate.now(ZoneOffset.UTC), System.getProperty("java.version"))
                        + table(subjects()));
    }

    /** The outcomes of each subject by case. Ours comes first. */
    private static SortedMap<String, Properties> subjects() throws IOException {
        SortedMap<String, Properties> subjects = new TreeMap<>(
                Comparator.comparing((String subject) -> !subject.equals(OURS)).thenComparing(subject -> subject));
        try (Stream<Path> files = Files.list(NOTES)) {
            files.forEach(file -> subjects.put(file.getFileName().toString(), read(file)));
        }
        return subjects;
    }

    private static Properties read(Path file) {
        Properties notes = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            notes.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return notes;
    }

    private static String table(SortedMap<String, Properties> subjects) {
        Stream<String> head = Stream.of(
                row("", List.copyOf(subjects.keySet())),
                row("---", subjects.keySet().stream().map(subject -> "---").toList()));
        Stream<String> cases = subjects.values().stream()
                .flatMap(outcomes -> outcomes.stringPropertyNames().stream())
                .distinct()
                .sorted()
                .map(name -> row(
                        sentence(name),
                        subjects.values().stream()
                                .map(outcomes -> outcomes.getProperty(name, "not run"))
                                .toList()));
        Stream<String> total = Stream.of(row(
                "kept",
                subjects.values().stream()
                        .map(outcomes ->
                                outcomes.values().stream().filter(YES::equals).count() + " of " + outcomes.size())
                        .toList()));
        return Stream.of(head, cases, total).flatMap(rows -> rows).collect(Collectors.joining());
    }

    private static String row(String title, List<String> cells) {
        return "| " + title + " | " + String.join(" | ", cells) + " |\n";
    }

    /** A name such as {@code outlastsA500OnReconnect}, in words. */
    private static String sentence(String name) {
        return name.replaceAll("(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])", " ").toLowerCase(Locale.ROOT);
    }
}
