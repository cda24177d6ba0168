package com.jamsocket.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the compiler and the formatter do not see. */
class SourceTest {

    private static final int WIDTH = 120;
    private static final Pattern LOGGER = Pattern.compile("getLogger\\(\\s*([^)]*?)\\s*\\)");

    @Test
    void noLineIsWiderThan120Characters() {
        assertThat(sources("src"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(wideLines(file)).as("%s", file).isEmpty());
    }

    private static List<Integer> wideLines(Path file) {
        List<String> lines = textOf(file).lines().toList();
        return IntStream.rangeClosed(1, lines.size())
                .filter(number -> lines.get(number - 1).length() > WIDTH)
                .boxed()
                .toList();
    }

    @Test
    void loggersAreThoseThatTheDocumentsName() {
        assertThat(Stream.of("src/main", "src/dev")
                        .map(Path::of)
                        .filter(Files::exists)
                        .flatMap(root -> sources(root.toString())))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(loggersOf(file)).as("%s", file).containsOnly(loggerFor(file)));
    }

    /** The names of loggers, and that which a file must use, so that there is one. */
    private static List<String> loggersOf(Path file) {
        return Stream.concat(
                        Stream.of(loggerFor(file)),
                        LOGGER.matcher(textOf(file)).results().map(match -> match.group(1)))
                .toList();
    }

    private static String loggerFor(Path file) {
        String path = file.toString().replace('\\', '/');
        if (path.contains("/com/jamsocket/cdi/")) {
            return "\"com.jamsocket.cdi\"";
        }
        return path.contains("/dev/") ? "\"com.jamsocket.dev\"" : "\"com.jamsocket\"";
    }

    private static Stream<Path> sources(String root) {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
