package com.jamsocket.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.jamsocket.docs.Commands.Command;
import com.jamsocket.docs.Page.Block;
import com.jamsocket.internal.dev.launch.ShellWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Commands that pages show: each program is one that is known here, and what it is told exists. {@link CommandsRunTest}
 * has those run that need nothing but this JVM; the others are named here with what they need.
 */
class CommandsTest {

    /** What has to be there besides, by program. */
    private static final Map<String, String> NEEDS = Map.ofEntries(
            Map.entry("mvn", "Maven, in which this runs: its arguments are compared with the build"),
            Map.entry(".ci/servers", "Maven and a server: the workflow runs it"),
            Map.entry("cargo", "the network, and ten minutes"),
            Map.entry("initdb", "PostgreSQL: docs/plane.sh runs it"),
            Map.entry("pg_ctl", "PostgreSQL: docs/plane.sh runs it"),
            Map.entry("plane", "Plane: docs/plane.sh runs it"),
            Map.entry("docs/plane.sh", "PostgreSQL and Plane: the workflow runs it"),
            Map.entry("./start-the-server", "a server of the reader's"),
            Map.entry("cp", "what Maven has built"),
            Map.entry("$WILDFLY/bin/standalone.sh", "WildFly: com/jamsocket/servers"),
            Map.entry("$PAYARA/bin/asadmin", "Payara Server: com/jamsocket/servers"),
            Map.entry("$GLASSFISH/bin/asadmin", "GlassFish: com/jamsocket/servers"),
            Map.entry("$LIBERTY/bin/server", "Open Liberty: com/jamsocket/servers"),
            Map.entry("$TOMEE/bin/catalina.sh", "TomEE: com/jamsocket/servers"));

    /** Programs of what Maven has built, or fetched. */
    private static final Set<String> BUILT =
            Set.of("payara-micro.jar", "target/notes.jar", "target/quarkus-app/quarkus-run.jar", "$CLASSPATH");

    /** What runs by itself. */
    private static final Set<String> SELF_SUFFICIENT = Set.of("", "curl", "jcmd", "jfr", "grep");

    private static final Set<String> GOALS = Set.of(
            "clean",
            "compile",
            "test-compile",
            "test",
            "package",
            "verify",
            "install",
            "exec:java",
            "spotless:apply",
            "dependency:copy-dependencies",
            "org.codehaus.mojo:exec-maven-plugin:3.5.1:java");

    private static final Set<String> FLAGS = Set.of("-B", "-q", "-o", "-ntp");

    /** Properties of plugins of Maven, whose values are as they are. */
    private static final Set<String> OF_PLUGINS =
            Set.of("skipTests", "maven.test.skip", "outputDirectory", "includeGroupIds", "includeScope", "exec.args");

    @Test
    void everyProgramIsKnown() throws IOException {
        for (Block block : Page.allBlocks("sh")) {
            for (Command command : Commands.of(block)) {
                assertThat(need(command) != null
                                || SELF_SUFFICIENT.contains(command.program())
                                || command.isDevServer())
                        .as("%s in %s is known", command.words(), block)
                        .isTrue();
            }
        }
    }

    /** What it needs, or null if a test can run it. */
    private static String need(Command command) {
        if (command.program().equals("java") && !command.isDevServer()) {
            return BUILT.contains(command.words().get(2)) ? "what Maven has built" : null;
        }
        return NEEDS.get(command.program());
    }

    @Test
    void whatNeedsNothingElseIsRun() throws IOException {
        List<String> selfSufficient = Page.allBlocks("sh").stream()
                .filter(block -> Commands.of(block).stream().allMatch(command -> need(command) == null))
                // Variables alone are settings, which are read below.
                .filter(block -> Commands.of(block).stream()
                        .anyMatch(command -> !command.words().isEmpty()))
                .map(Block::toString)
                .toList();
        assertThat(CommandsRunTest.RUN).containsExactlyInAnyOrderElementsOf(selfSufficient);
    }

    @Test
    void variablesAreSettingsThatCanBeRead() throws IOException {
        for (Block block : Page.allBlocks("sh")) {
            Map<String, String> variables = Commands.of(block).stream()
                    .flatMap(command -> command.variables().entrySet().stream())
                    .filter(variable -> variable.getKey().startsWith("JAMSOCKET_"))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            assertThat(SettingsShown.problems(variables)).as("%s", block).isEmpty();
        }
    }

    @Test
    void mavenFindsWhatItIsTold() throws IOException {
        int read = 0;
        for (Block block : Page.allBlocks("sh")) {
            for (Command command : Commands.of(block)) {
                if (command.program().equals("mvn")) {
                    for (String argument : command.arguments()) {
                        assertThat(isKnownToMaven(argument))
                                .as("%s in %s", argument, block)
                                .isTrue();
                        read++;
                    }
                }
            }
        }
        assertThat(read).isPositive();
    }

    private static boolean isKnownToMaven(String argument) throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        if (argument.startsWith("-P")) {
            return pom.contains("<id>" + argument.substring(2) + "</id>");
        }
        if (argument.startsWith("-D")) {
            String[] property = argument.substring(2).split("=", 2);
            return isKnownToMaven(property[0], property.length == 1 ? "" : property[1]);
        }
        if (argument.matches("exec:\\w+@\\w+")) {
            return pom.contains("<id>" + argument.substring(argument.indexOf('@') + 1) + "</id>");
        }
        return FLAGS.contains(argument) || GOALS.contains(argument);
    }

    private static boolean isKnownToMaven(String property, String value) throws IOException {
        return switch (property) {
            case "exec.mainClass" -> isClass(value);
            case "bench" -> Files.exists(Path.of("src/jmh/java/com/jamsocket/bench/" + value + ".java"));
            case "bench.args" -> true;
            case "test", "it.test" -> isTest(value);
            case "api.accept" ->
                Files.readString(Path.of("src/test/java/com/jamsocket/rules/PublicApiTest.java"))
                        .contains("\"api.accept\"");
            default -> OF_PLUGINS.contains(property);
        };
    }

    private static boolean isTest(String name) throws IOException {
        try (Stream<Path> tests = Files.walk(Path.of("src/test/java"))) {
            return tests.anyMatch(test -> test.endsWith(name + ".java"));
        }
    }

    /** Of the tests or of the README, where it is in no package. */
    private static boolean isClass(String name) throws IOException {
        return Stream.of(
                                "src/main/java",
                                "src/test/java",
                                "src/sample/java",
                                "src/demo/java",
                                "examples/counter/src/main/java")
                        .anyMatch(root -> Files.exists(Path.of(root, name.replace('.', '/') + ".java")))
                || Page.of("README.md").text().contains("public class " + name + " {");
    }

    @Test
    void classesThatBackendsAreStartedWithExist() throws IOException {
        int found = 0;
        for (Block block : Page.allBlocks("sh")) {
            for (Command command : Commands.of(block)) {
                int backend = command.words().indexOf("--command") + 1;
                if (command.isDevServer() && backend > 0) {
                    List<String> words = ShellWords.split(command.words().get(backend));
                    if (words.get(0).equals("java")) {
                        assertThat(isClass(words.get(words.size() - 1)))
                                .as("%s in %s", words, block)
                                .isTrue();
                        found++;
                    }
                }
            }
        }
        assertThat(found).isPositive();
    }

    /** A cluster by hand is that of the script, which the tests with Plane run on. */
    @Test
    void planeIsStartedAsTheScriptDoes() throws IOException {
        String script = Files.readString(Path.of("docs/plane.sh"));
        int compared = 0;
        for (Block block : Page.allBlocks("sh")) {
            for (Command command : Commands.of(block)) {
                if (Set.of("plane", "initdb", "pg_ctl").contains(command.program())) {
                    List<String> options = new ArrayList<>(command.arguments());
                    if (command.program().equals("plane")) {
                        assertThat(script).contains("\"$PLANE\" " + options.get(0) + " ");
                    }
                    options.removeIf(option -> !option.startsWith("-") || option.contains(" "));
                    assertThat(options).as("%s", block).isNotEmpty().allSatisfy(option -> assertThat(script)
                            .containsPattern("(?<=\\s)" + option + "(?=\\s)"));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(3);
    }

    @Test
    void serversThatAreNamedAreInTheMatrix() throws IOException {
        for (Block block : Page.allBlocks("sh")) {
            for (Command command : Commands.of(block)) {
                if (command.program().equals(".ci/servers")) {
                    for (String argument : command.arguments()) {
                        if (argument.startsWith("-")) {
                            assertThat(isKnownToMaven(argument)).as(argument).isTrue();
                        } else {
                            assertThat(Path.of("src/it/servers", argument + ".properties"))
                                    .exists();
                        }
                    }
                }
            }
        }
    }

    /** A name of the WAR or jar that the poms of the pages make. */
    @Test
    void whatIsCopiedIsWhatWasBuilt() throws IOException {
        for (Block block : Page.allBlocks("sh")) {
            for (Command command : Commands.of(block)) {
                if (command.program().equals("cp")) {
                    String name = command.words().get(1);
                    String project = name.replaceAll("target/(\\w+)\\.war", "$1");
                    if (!Set.of("notes", "counter").contains(project)) {
                        fail(name + " in " + block);
                    }
                }
            }
        }
    }
}
