package com.jamsocket.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example in the documentation of a public type compiles. */
class JavadocTest {

    private static final Path SOURCES = Path.of("src/main/java/com/jamsocket");
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\n(.*?)\\}</pre>", Pattern.DOTALL);
    private static final Pattern MEMBERS = Pattern.compile("@|(public |void ).*", Pattern.DOTALL);

    /** What an example has around it in an application. */
    private static final List<String> IMPORTS = List.of(
            "java.time.*",
            "com.jamsocket.*",
            "com.jamsocket.backend.*",
            "com.jamsocket.cdi.*",
            "com.jamsocket.dev.*",
            "io.micrometer.core.instrument.MeterRegistry",
            "io.opentelemetry.api.OpenTelemetry",
            "jakarta.annotation.Priority",
            "jakarta.enterprise.context.*",
            "jakarta.enterprise.event.*",
            "jakarta.enterprise.inject.spi.EventMetadata",
            "jakarta.inject.Inject",
            "jakarta.servlet.annotation.WebFilter",
            "jakarta.websocket.server.ServerEndpoint",
            "jakarta.ws.rs.*",
            "jakarta.ws.rs.core.*",
            "jakarta.ws.rs.ext.Provider",
            "org.eclipse.microprofile.health.Readiness",
            "org.junit.jupiter.api.Test",
            "static com.jamsocket.test.JamsocketAssertions.assertThat");

    /** And what the application has. */
    private static final String STAGE =
            """
            interface Kept { void save(); void close(); }
            static class Secrets { static String of(VerifiedRequest request) { return ""; } }
            Kept document, sockets;
            Kicks kicks;
            void compute() {}
            void log(Object... values) {}
            """;

    @TempDir
    Path directory;

    private record Example(Path file, String text) {

        String type() {
            return file.toString().replaceAll("\\W", "_");
        }

        JavaFileObject unit() {
            String imports = Stream.concat(IMPORTS.stream(), Stream.of(packageName() + ".*"))
                    .map(name -> "import " + name + ";\n")
                    .collect(Collectors.joining());
            boolean members = MEMBERS.matcher(text).lookingAt();
            String body = members ? text : "void shown() throws Exception {\n" + text + "}\n";
            String whole = imports + "class " + type() + " {\n" + STAGE + body + "}\n";
            return new SimpleJavaFileObject(URI.create("string:///" + type() + ".java"), JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return whole;
                }
            };
        }

        private String packageName() {
            Path folder = Path.of("src/main/java").relativize(file.getParent());
            return folder.toString().replaceAll("[/\\\\]", ".");
        }
    }

    @Test
    void everyExampleCompiles() throws IOException {
        List<Example> examples = examples();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of("-proc:none", "-d", directory.toString(), "-cp", System.getProperty("java.class.path"));
        compiler.getTask(
                        null,
                        null,
                        problems,
                        options,
                        null,
                        examples.stream().map(Example::unit).toList())
                .call();

        assertThat(examples).hasSizeGreaterThan(10);
        assertThat(problems.getDiagnostics())
                .filteredOn(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .isEmpty();
    }

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.startsWith(SOURCES.resolve("internal")))
                    .toList()) {
                Matcher example = EXAMPLE.matcher(Files.readString(file));
                while (example.find()) {
                    String text = example.group(1).replaceAll("(?m)^ *\\* ?", "");
                    examples.add(new Example(file, text));
                }
            }
        }
        return examples;
    }
}
