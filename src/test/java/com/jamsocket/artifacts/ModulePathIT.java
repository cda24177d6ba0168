package com.jamsocket.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.docs.Page;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that is a module, with both jars as modules: the first program of the README, as the guide says. */
@Timeout(60)
class ModulePathIT {

    /** What Jersey and Parsson bring, and the API that Jersey asks for. */
    private static final Pattern OF_JAVA_SE = Pattern.compile(
            "(?:jersey-client|jersey-common|jersey-hk2|hk2-api|hk2-locator|hk2-utils|aopalliance-repackaged"
                    + "|javassist|osgi-resource-locator|parsson"
                    + "|jakarta\\.(?:activation|annotation|inject|json|ws\\.rs)-api)-[0-9].*\\.jar");

    @TempDir
    Path directory;

    @Test
    void runsTheFirstProgram() throws Exception {
        String modules = Stream.concat(
                        Stream.of(
                                Artifacts.CLIENT.file().getPath(),
                                Artifacts.DEV.file().getPath()),
                        Artifacts.classPath().stream().filter(element -> OF_JAVA_SE
                                .matcher(new File(element).getName())
                                .matches()))
                .collect(Collectors.joining(File.pathSeparator));
        Path classes = compile(modules);

        assertThat(Artifacts.run(
                        List.of(
                                "--module-path",
                                modules + File.pathSeparator + classes,
                                "--add-modules",
                                shown("--add-modules (\\S+)`"),
                                "-m",
                                "hello/hello.Hello"),
                        List.of("JAMSOCKET_DEV=embedded")))
                .contains("for the browser: http://", " READY", "Terminated[state=")
                .doesNotContain("WARNING");
    }

    private Path compile(String modules) throws IOException {
        Path sources = Files.createDirectories(directory.resolve("hello"));
        Path descriptor = Files.writeString(
                directory.resolve("module-info.java"),
                "module hello { " + shown("`(requires com\\.jamsocket;)`") + " }");
        Path program = Files.writeString(
                sources.resolve("Hello.java"),
                "package hello;\n"
                        + Page.of("README.md").block("java", "In ten lines").text());
        Path classes = directory.resolve("classes");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "--module-path",
                                modules,
                                "-d",
                                classes.toString(),
                                descriptor.toString(),
                                program.toString()))
                .isZero();
        return classes;
    }

    /** What the guide says of it. */
    private static String shown(String pattern) {
        Matcher shown = Pattern.compile(pattern)
                .matcher(Page.of("docs/getting-started.md").text());
        assertThat(shown.find()).as(pattern).isTrue();
        return shown.group(1);
    }
}
