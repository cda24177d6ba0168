package com.jamsocket.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
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
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Pattern IN_README =
            Pattern.compile("<!-- snippet: (\\w+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern IN_CODE = Pattern.compile("[ ]*// snippet: (\\w+)\n(.*?)[ ]*// end\n", Pattern.DOTALL);

    @Test
    void theReadmeShowsTheCodeThatIsRunHere() throws IOException {
        Map<String, String> code = new TreeMap<>();
        try (Stream<Path> sources = Files.list(Path.of("src/test/java/com/jamsocket/docs"))) {
            for (Path source : sources.toList()) {
                code.putAll(snippets(IN_CODE, Files.readString(source)));
            }
        }

        String readme = Files.readString(Path.of("README.md"));
        assertThat(snippets(IN_README, readme)).isEqualTo(code);
        assertThat(Pattern.compile("```java").matcher(readme).results().count()).isEqualTo(code.size());
    }

    @Test
    void thePlainJavaRuns() {
        assertThat(outputOf(PlainSnippets::plain))
                .contains("for the browser: http://", " READY", " TERMINATED", "Terminated[state=");
    }

    @Test
    void theDevelopmentServerRuns() {
        PlainSnippets.devserver();
    }

    @Test
    void theInjectedClientRuns() {
        String output = outputOf(() -> {
            try (SeContainer container = SeContainerInitializer.newInstance()
                    .addBeanClasses(Documents.class)
                    .initialize()) {
                Jamsocket jamsocket = container.select(Jamsocket.class).get();
                ConnectResponse backend =
                        container.select(Documents.class).get().open("doc", "ann");
                jamsocket.awaitReady(backend.backendId(), Duration.ofSeconds(10));
                jamsocket.terminate(backend.backendId(), TerminationKind.HARD);
                jamsocket.awaitTerminated(backend.backendId(), Duration.ofSeconds(10));
            }
        });

        assertThat(output).contains(" is scheduled", " is ready", "somebody can start");
    }

    @Test
    void theResourceGivesTheBrowserWhatItExpects() {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .addBeanClasses(ConnectionResource.class, Rooms.class)
                .initialize()) {
            ConnectionResource resource =
                    container.select(ConnectionResource.class).get();

            String json = JsonbBuilder.create().toJson(resource.connect("plan"));

            assertThat(json).contains("\"backend_id\":", "\"ready_url\":\"\"", "\"status_url\":", "\"url\":\"http://");
        }
    }

    @Test
    void theResolverWritesListsOfStates() {
        List<BackendState> states = List.of(BackendState.ready(Instant.EPOCH));

        assertThat(new VocabularyJsonb().getContext(List.class).toJson(states))
                .isEqualTo("[{\"status\":\"ready\",\"time\":\"1970-01-01T00:00:00.000Z\"}]");
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

    private static String outputOf(Runnable action) {
        PrintStream before = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setOut(before);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
