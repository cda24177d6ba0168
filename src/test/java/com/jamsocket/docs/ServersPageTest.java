package com.jamsocket.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/servers.md has the servers of the matrix, and the properties that these are told by. */
class ServersPageTest {

    private static final Path FILES = Path.of("src/it/servers");
    private static final String KIND = ".properties";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static Set<String> servers() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(KIND))
                    .map(name -> name.substring(0, name.length() - KIND.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The lines of all files that are told to Maven, as .ci/servers takes them. */
    private static List<String[]> properties() throws IOException {
        return servers().stream()
                .flatMap(name -> lines(FILES.resolve(name + KIND)))
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .toList();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What is in backticks in the first column of the table below a heading. */
    private static List<String> firstColumn(String heading) {
        String page = Page.of("docs/servers.md").text();
        String section =
                page.substring(page.indexOf("\n## " + heading + "\n") + 1).split("\n## ", 2)[0];
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", 3)[1])
                .flatMap(cell -> found(CODE, cell))
                .toList();
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1));
    }

    @Test
    void thePageHasThePropertiesThatServersAreToldBy() throws IOException {
        assertThat(firstColumn("Add one"))
                .containsExactlyInAnyOrderElementsOf(
                        properties().stream().map(property -> property[0]).collect(Collectors.toSet()));
    }

    @Test
    void thePageHasTheServersOfTheMatrix() throws IOException {
        assertThat(firstColumn("What they bring")).containsExactlyInAnyOrderElementsOf(servers());
    }

    @Test
    void everyKindHasItsContainer() throws IOException {
        List<String> containers = found(
                        Pattern.compile("<container qualifier=\"([^\"]+)\""),
                        Files.readString(Path.of("arquillian.xml")))
                .toList();
        assertThat(properties().stream()
                        .filter(property -> property[0].equals("arquillian.launch"))
                        .map(property -> property[1]))
                .isNotEmpty()
                .isSubsetOf(containers);
    }

    @Test
    void theWorkflowRunsServersThatThereAre() throws IOException {
        MatchResult matrix = Pattern.compile("server: \\[([^\\]]+)]")
                .matcher(Files.readString(Path.of(".github/workflows/build.yml")))
                .results()
                .findFirst()
                .orElseThrow();
        assertThat(matrix.group(1).split(", ")).isSubsetOf(servers());
    }
}
