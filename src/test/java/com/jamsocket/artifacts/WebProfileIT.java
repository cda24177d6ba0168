package com.jamsocket.artifacts;

import static com.jamsocket.artifacts.Artifacts.CLIENT;
import static com.jamsocket.artifacts.Artifacts.DEV;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.jamsocket.testkit.Jvm;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application compiles with the strictest of javac's own settings against the jars and the Jakarta EE Web Profile
 * alone. What else the jars were built with (JSpecify, MicroProfile) need not be there.
 */
class WebProfileIT {

    /** Every member of a public type is a line that begins with its type. */
    private static final Path PUBLIC_API = Path.of("docs", "api.txt");

    private static final String APPLICATION =
            """
            package com.example;

            import com.jamsocket.BackendNotFoundException;
            import com.jamsocket.BackendState;
            import com.jamsocket.ConnectRequest;
            import com.jamsocket.ConnectResponse;
            import com.jamsocket.Jamsocket;
            import com.jamsocket.StatusSubscription;
            import com.jamsocket.StreamEnd;
            import com.jamsocket.TerminationKind;
            import com.jamsocket.cdi.Backend;
            import com.jamsocket.cdi.JamsocketService;
            import com.jamsocket.json.JamsocketJsonb;
            import jakarta.enterprise.context.ApplicationScoped;
            import jakarta.enterprise.event.Observes;
            import jakarta.inject.Inject;
            import jakarta.json.bind.JsonbBuilder;
            import jakarta.ws.rs.POST;
            import jakarta.ws.rs.Path;
            import java.time.Duration;
            import java.util.concurrent.CompletionStage;

            @ApplicationScoped
            @Path("document")
            public class Application {

                @Inject
                @JamsocketService("documents")
                private Jamsocket jamsocket;

                public Application() {}

                @POST
                public ConnectResponse open(String key) {
                    return jamsocket.connect(ConnectRequest.builder().key(key).build());
                }

                void on(@Observes @Backend("b1") BackendState.Ready ready) {}

                CompletionStage<String> json(String id) {
                    return jamsocket.async().status(id).thenApply(JsonbBuilder.create(JamsocketJsonb.config())::toJson);
                }

                String end(String id) {
                    try (StatusSubscription states = jamsocket.statusStream(id, state -> {})) {
                        jamsocket.terminate(states.backendId(), TerminationKind.SOFT);
                        StreamEnd.Terminated end = jamsocket.awaitTerminated(id, Duration.ofSeconds(1));
                        return String.valueOf(end.state().exitCode());
                    } catch (BackendNotFoundException e) {
                        return e.kind();
                    }
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void anApplicationCompilesAgainstTheClientWithoutAWarning() throws Exception {
        assertThat(warnings("Application", APPLICATION, CLIENT)).isEmpty();
    }

    @Test
    void everyPublicTypeCanBeUsedWithoutAWarning() throws Exception {
        String uses = Files.readAllLines(PUBLIC_API).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(": ")))
                .distinct()
                // Who uses these has another API too.
                .filter(type -> !type.startsWith("com.jamsocket.observe.") && !type.startsWith("com.jamsocket.test."))
                .map(type ->
                        "    static int " + type.replace('.', '_') + "(" + type + " it) { return it.hashCode(); }\n")
                .collect(joining());
        assertThat(uses).contains("com.jamsocket.Jamsocket it", "com.jamsocket.dev.JamsocketDevServer it");

        assertThat(warnings("Uses", "package com.example;\n\nclass Uses {\n" + uses + "}\n", CLIENT, DEV))
                .isEmpty();
    }

    /**
     * What javac says about a source; nothing if it is content. It is a process of its own: in this JVM it would find
     * an annotation processor on the class path of the tests, and warn of what that does not claim.
     */
    private String warnings(String name, String text, Artifacts... jars) throws IOException, InterruptedException {
        Path source = Files.writeString(directory.resolve(name + ".java"), text);
        String classPath = Stream.concat(Stream.of(jars).map(jar -> jar.file().getPath()), Stream.of(webProfile()))
                .collect(joining(File.pathSeparator));
        Process javac = new ProcessBuilder(
                        Jvm.tool("javac"),
                        "-Xlint:all",
                        "-Werror",
                        "--release",
                        "17",
                        "-d",
                        directory.toString(),
                        "-classpath",
                        classPath,
                        source.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return javac.waitFor() == 0 ? said : "failed: " + said;
    }

    private static String webProfile() {
        List<String> profile = Artifacts.classPath().stream()
                .filter(entry -> entry.contains("jakarta.jakartaee-web-api"))
                .toList();
        assertThat(profile).as("the Web Profile's API").hasSize(1);
        assumeTrue(hasClasses(profile.get(0)), "from Jakarta EE 11 on the Web Profile is no jar");
        return profile.get(0);
    }

    private static boolean hasClasses(String jar) {
        try (JarFile api = new JarFile(jar)) {
            return api.stream().anyMatch(entry -> entry.getName().endsWith(".class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
