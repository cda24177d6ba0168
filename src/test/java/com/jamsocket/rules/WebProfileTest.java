package com.jamsocket.rules;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application compiles with the strictest of javac's own settings against the classes and the Jakarta EE Web Profile
 * alone. What else the classes were built with (JSpecify, MicroProfile) need not be there.
 */
class WebProfileTest {

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
    private Path out;

    @Test
    void anApplicationCompilesWithoutAWarning() {
        assertThat(warnings("Application", APPLICATION)).isEmpty();
    }

    @Test
    void everyPublicTypeCanBeUsedWithoutAWarning() throws IOException {
        String uses = PublicApi.types()
                // Who uses these has another API too.
                .filter(type ->
                        !Set.of("com.jamsocket.observe", "com.jamsocket.test").contains(type.getPackageName()))
                .map(Class::getCanonicalName)
                .map(type ->
                        "    static int " + type.replace('.', '_') + "(" + type + " it) { return it.hashCode(); }\n")
                .collect(joining());
        assertThat(uses).contains("com.jamsocket.Jamsocket it");

        assertThat(warnings("Uses", "package com.example;\n\nclass Uses {\n" + uses + "}\n"))
                .isEmpty();
    }

    /** What javac says about a source; nothing if it is content. */
    private String warnings(String name, String text) {
        JavaFileObject source =
                new SimpleJavaFileObject(
                        URI.create("string:///com/example/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        List<String> options = List.of(
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "--release",
                "17",
                "-d",
                out.toString(),
                "-classpath",
                classPath());
        StringWriter said = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(said, null, null, options, null, List.of(source))
                .call();
        return compiled ? said.toString() : "failed: " + said;
    }

    private static String classPath() {
        List<String> profile = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("jakarta.jakartaee-web-api"))
                .toList();
        assertThat(profile).as("the Web Profile's API").hasSize(1);
        assumeTrue(hasClasses(profile.get(0)), "from Jakarta EE 11 on the Web Profile is no jar");
        return PublicApi.classes() + File.pathSeparator + profile.get(0);
    }

    private static boolean hasClasses(String jar) {
        try (JarFile api = new JarFile(jar)) {
            return api.stream().anyMatch(entry -> entry.getName().endsWith(".class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
