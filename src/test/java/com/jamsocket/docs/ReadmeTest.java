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
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README.md and pages of docs show runs. */
class ReadmeTest {

    @Test
    void thePageOfPromisesNamesTestsThatExist() throws IOException {
        List<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
        }
        String page = Page.of("docs/reliability.md").text();

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
        String script = Page.of("README.md").blocks("js").get(0).text();
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

        assertThat(Endings.tell(StreamEnd.terminated(last))).isEqualTo("ended: " + last);
        assertThat(Endings.tell(StreamEnd.closed())).isEqualTo("closed by us");
        assertThat(Endings.tell(StreamEnd.forgotten(last))).startsWith("gone");
        assertThat(Endings.tell(StreamEnd.failed(new JamsocketProtocolException("no JSON", null))))
                .endsWith("no JSON");
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
