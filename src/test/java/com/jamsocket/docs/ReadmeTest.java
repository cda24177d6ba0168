package com.jamsocket.docs;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketProtocolException;
import com.jamsocket.StreamEnd;
import com.jamsocket.TerminationKind;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.json.bind.JsonbBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java in README.md and docs is that which is compiled and run here. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Pattern IN_PAGE =
            Pattern.compile("<!-- snippet: (\\w+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern IN_CODE = Pattern.compile("[ ]*// snippet: (\\w+)\n(.*?)[ ]*// end\n", Pattern.DOTALL);

    @Test
    void thePagesShowTheCodeThatIsCompiledHere() throws IOException {
        Map<String, String> code = new TreeMap<>();
        for (String directory : List.of("com/jamsocket/docs", "com/example/backend")) {
            for (Path source : files("src/test/java/" + directory, ".java")) {
                code.putAll(snippets(IN_CODE, Files.readString(source)));
            }
        }

        Map<String, String> shown = new TreeMap<>();
        for (Path page : pages()) {
            String text = Files.readString(page);
            Map<String, String> snippets = snippets(IN_PAGE, text);
            assertThat(Pattern.compile("```java").matcher(text).results().count())
                    .as("each piece of Java in %s is a snippet", page)
                    .isEqualTo(snippets.size());
            shown.putAll(snippets);
        }
        assertThat(shown).isEqualTo(code);
    }

    @Test
    void thePageOfPromisesNamesTestsThatExist() throws IOException {
        List<String> tests = files("src/test/java", "Test.java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .toList();
        String page = Files.readString(Path.of("docs/reliability.md"));

        assertThat(Pattern.compile("`(\\w+Test)`").matcher(page).results().map(name -> name.group(1)))
                .isNotEmpty()
                .isSubsetOf(tests);
    }

    @Test
    void thePlainJavaRuns() {
        assertThat(outputOf(soFar -> Hello.main(new String[0])))
                .contains("for the browser: http://", " READY", " TERMINATED", "Terminated[state=");
    }

    @Test
    void theInjectedClientRuns() {
        String output = outputOf(soFar -> {
            try (SeContainer container = SeContainerInitializer.newInstance()
                    .addBeanClasses(Documents.class, Rooms.class)
                    .initialize()) {
                Jamsocket jamsocket = container.select(Jamsocket.class).get();
                ConnectResponse backend =
                        container.select(Documents.class).get().connect("plan");
                jamsocket.awaitReady(backend.backendId(), Duration.ofSeconds(30));
                // By another stream than that of the wait.
                eventually("the observer", () -> soFar.get().contains(" is ready"));
                jamsocket.terminate(backend.backendId(), TerminationKind.HARD);
                jamsocket.awaitTerminated(backend.backendId(), Duration.ofSeconds(30));

                assertThat(JsonbBuilder.create().toJson(backend))
                        .contains("\"backend_id\":", "\"ready_url\":\"\"", "\"status_url\":", "\"url\":\"http://");
            }
        });

        assertThat(output).contains(" is scheduled", " is ready");
    }

    @Test
    void thePageUsesWhatTheModuleDeclares() throws IOException {
        String script = snippets(Pattern.compile("```(js)\n(.*?)```\n", Pattern.DOTALL), Files.readString(README))
                .get("js");
        String declarations = Files.readString(Path.of("META-INF/resources/jamsocket/session-backend.d.ts"));

        assertThat(Pattern.compile("(?:import \\{ |(?<!-)\\b(?:backend|socket)\\.)(\\w+)")
                        .matcher(script)
                        .results()
                        .map(match -> match.group(1)))
                .contains("SessionBackend")
                .allSatisfy(name -> assertThat(declarations).containsPattern("\\b" + name + "\\b"));
    }

    @Test
    void theResolverWritesListsOfStates() {
        List<BackendState> states = List.of(BackendState.ready(Instant.EPOCH));

        assertThat(new VocabularyJsonb().getContext(List.class).toJson(states))
                .isEqualTo("[{\"status\":\"ready\",\"time\":\"1970-01-01T00:00:00.000Z\"}]");
    }

    @Test
    void theEndOfAStreamIsTold() {
        BackendState.Terminated last =
                BackendState.Terminated.builder(Instant.EPOCH).build();

        assertThat(Snippets.tell(StreamEnd.terminated(last))).isEqualTo("ended: " + last);
        assertThat(Snippets.tell(StreamEnd.closed())).isEqualTo("closed by us");
        assertThat(Snippets.tell(StreamEnd.forgotten(last))).startsWith("gone");
        assertThat(Snippets.tell(StreamEnd.failed(new JamsocketProtocolException("no JSON", null))))
                .endsWith("no JSON");
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        Pattern link = Pattern.compile("]\\((?!https?://)([^)#]*)(?:#[^)]*)?\\)");
        for (Path page : pages()) {
            assertThat(link.matcher(Files.readString(page)).results().map(match -> match.group(1)))
                    .as("%s", page)
                    .allSatisfy(
                            target -> assertThat(page.resolveSibling(target)).exists());
        }
    }

    /** All of them but what builds have brought. */
    private static List<Path> pages() throws IOException {
        return files("", ".md").stream()
                .filter(page -> !page.startsWith("target"))
                .toList();
    }

    private static List<Path> files(String directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static Map<String, String> snippets(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results()
                .collect(Collectors.toMap(
                        (MatchResult match) -> match.group(1),
                        match -> match.group(2).stripTrailing().stripIndent(),
                        (a, b) -> a,
                        TreeMap::new));
    }

    /** What is written by the action, which can see it so far. */
    private static String outputOf(Consumer<Supplier<String>> action) {
        PrintStream before = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            action.accept(() -> output.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
