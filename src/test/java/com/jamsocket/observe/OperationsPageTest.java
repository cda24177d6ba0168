package com.jamsocket.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/operations.md has every metric and every log line that there are. */
class OperationsPageTest {

    private static final Path SOURCES = Path.of("src/main/java/com/jamsocket");
    private static final Pattern NAME = Pattern.compile("JAMSOCKET-\\d{3}");

    /** A call of a logger, to its end, at a level that somebody sees. */
    private static final Pattern LINE = Pattern.compile(
            "\\.log\\(\\s*((?!System\\.Logger\\.Level\\.(TRACE|DEBUG)|Level\\.(TRACE|DEBUG))[^;]*);", Pattern.DOTALL);

    @Test
    void hasEveryMetric() throws IOException {
        List<String> rows = page().lines()
                .filter(line -> line.startsWith("| `jamsocket.") && line.split("\\|", -1).length == 6)
                .filter(line -> !line.contains("-timeout"))
                .toList();

        assertThat(rows)
                .isEqualTo(Arrays.stream(Metric.values())
                        .map(OperationsPageTest::row)
                        .toList());
    }

    private static String row(Metric metric) {
        String tags = metric.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
        String meaning = metric.description();
        return "| `" + metric.id() + "` | " + metric.kind().name().toLowerCase(Locale.ROOT) + " | " + tags + " | "
                + meaning.substring(0, 1).toLowerCase(Locale.ROOT) + meaning.substring(1) + " |";
    }

    @Test
    void hasEveryLogLine() throws IOException {
        assertThat(names(page().lines()
                        .filter(line -> line.startsWith("| `JAMSOCKET-"))
                        .collect(Collectors.joining("\n"))))
                .isNotEmpty()
                .isEqualTo(names(String.join("\n", sources())));
    }

    @Test
    void everyLogLineThatIsSeenHasAName() throws IOException {
        for (String source : sources()) {
            List<String> unnamed = LINE.matcher(source)
                    .results()
                    .map(MatchResult::group)
                    // What it logs was made elsewhere.
                    .filter(line -> line.contains("\"") || line.contains("warning"))
                    .filter(line -> !NAME.matcher(line).find() && !line.contains("warning)"))
                    .toList();
            assertThat(unnamed).isEmpty();
        }
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/operations.md"));
    }

    /** The client's; the development server is not operated. */
    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> java = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(SOURCES.resolve("dev"))
                            && !file.startsWith(SOURCES.resolve("internal/dev")))
                    .toList();
            assertThat(java).isNotEmpty();
            return java.stream().map(OperationsPageTest::read).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
