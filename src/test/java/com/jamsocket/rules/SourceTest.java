package com.jamsocket.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the compiler and the formatter do not see. */
class SourceTest {

    private static final int WIDTH = 120;

    /** Files that are read as code, beside the poms and what is in .ci. */
    private static final Set<String> KINDS = Set.of("java", "js", "mjs", "jsx", "ts", "css", "html", "sh");

    private static final Set<String> MADE = Set.of("target", "node_modules");
    private static final Pattern LOGGER = Pattern.compile("getLogger\\(\\s*([^)]*?)\\s*\\)");

    @Test
    void noLineIsWiderThan120Characters() {
        List<Path> files = Stream.of("src", "META-INF", "examples", "docs", ".ci", "pom.xml")
                .flatMap(SourceTest::files)
                .filter(SourceTest::hasWidth)
                .toList();
        assertThat(files.stream().map(SourceTest::kind)).contains(KINDS.toArray(String[]::new));
        assertThat(files)
                .allSatisfy(file -> assertThat(wideLines(file)).as("%s", file).isEmpty());
    }

    private static boolean hasWidth(Path file) {
        return KINDS.contains(kind(file)) || file.endsWith("pom.xml") || file.startsWith(".ci");
    }

    /** How its name ends. */
    private static String kind(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Those that could be broken: what is one word, such as an address, cannot. */
    private static List<Integer> wideLines(Path file) {
        List<String> lines = textOf(file).lines().toList();
        return IntStream.rangeClosed(1, lines.size())
                .filter(number -> lines.get(number - 1).length() > WIDTH
                        && lines.get(number - 1).strip().contains(" "))
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
        return files(root).filter(file -> kind(file).equals("java"));
    }

    /** What is written by hand. */
    private static Stream<Path> files(String root) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(Path.of(root), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return MADE.contains(directory.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream();
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
