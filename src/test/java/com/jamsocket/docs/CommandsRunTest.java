package com.jamsocket.docs;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.internal.wire.ConnectResponseMapping;
import com.jamsocket.testkit.ClassPath;
import com.jamsocket.testkit.ReservedPort;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of pages that need nothing but this JVM run as they stand there, but for the ports, in a shell. Where
 * that, curl or Node is missing they are skipped by name.
 */
@Timeout(120)
class CommandsRunTest {

    private static final String CLI = "java -jar jamsocket-jakarta-0.1.0-SNAPSHOT-cli.jar ";
    private static final String NODE_BY_LANGUAGE =
            "docs/backend-languages.md: " + CLI + "--command \"node server.mjs\" --watch .";
    private static final String NODE = "docs/dev-server.md: " + CLI + "--command \"node server.js\" --watch .";
    private static final String CONTAINER = "docs/dev-server.md: " + CLI + "\\";
    private static final String CONNECT =
            "docs/dev-server.md: curl -X POST http://localhost:8080/v2/service/me/my/connect"
                    + " -H 'content-type: application/json' -d '{\"key\":\"a\",\"user\":\"ann\"}'";
    private static final String NOTE =
            "docs/getting-started.md: curl -X POST http://localhost:8080/notes/api/notes/first/connection";
    private static final String RECORDING = "docs/operations.md: jcmd PID JFR.start name=jamsocket settings=default"
            + " com.jamsocket.Call#threshold=100ms";
    private static final String CLUSTER = "docs/plane.md: curl http://localhost:8080/ctrl/c/localhost:9090/state";
    private static final String COUNTER = "examples/counter/README.md: java -jar"
            + " $CLONE/target/jamsocket-jakarta-0.1.0-SNAPSHOT-cli.jar --port 8099 \\";

    /** The blocks, by page and first line. {@link CommandsTest} says that no other one could run. */
    static final Set<String> RUN =
            Set.of(NODE_BY_LANGUAGE, NODE, CONTAINER, CONNECT, NOTE, RECORDING, CLUSTER, COUNTER);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private static String text(String block) throws IOException {
        return Page.allBlocks("sh").stream()
                .filter(each -> each.toString().equals(block))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no block " + block))
                .text();
    }

    @Test
    void aBackendOfNodeStartsWithTheProgram() throws Exception {
        assumeThatThereIs("node");
        Files.writeString(
                directory.resolve("server.mjs"),
                Page.of("docs/backend-languages.md").block("js", "Node").text());

        assertThat(answerOfItsBackend(text(NODE_BY_LANGUAGE))).isEqualTo("Hello, ann\n");
    }

    @Test
    void theFirstBackendOfThePageStartsWithTheProgram() throws Exception {
        assumeThatThereIs("node");
        Files.writeString(
                directory.resolve("server.js"),
                Page.of("docs/dev-server.md").block("js", "As a program").text());

        assertThat(answerOfItsBackend(text(NODE))).matches("Hello ann from \\w+\n");
    }

    @Test
    void theCounterOfTheProjectToCopyStartsWithTheProgram() throws Exception {
        Path classes = Files.createDirectories(directory.resolve("target/counter/WEB-INF/classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-d",
                                classes.toString(),
                                "examples/counter/src/main/java/com/example/counter/backend/CounterBackend.java"))
                .isZero();

        assertThat(answerOfItsBackend(text(COUNTER))).isEqualTo("0");
    }

    /** The first backend of the program that the command starts, asked by a user. */
    private String answerOfItsBackend(String command) throws Exception {
        Process program = start(command.replaceFirst("--port \\d+", "").stripTrailing() + " --port 0\n");
        try (BufferedReader out = program.inputReader();
                Jamsocket jamsocket = Jamsocket.dev(addressOf(out).getPort())) {
            ConnectResponse connection = jamsocket.connect(
                    ConnectRequest.builder().key("a").user("ann").build());
            jamsocket.awaitReady(connection.backendId(), PATIENCE);
            return get(connection.url());
        } finally {
            end(program);
        }
    }

    @Test
    void theProgramOfAContainerHandsOutTheAddressOfOthers() throws Exception {
        try (ReservedPort port = new ReservedPort()) {
            Process program = start(text(CONTAINER)
                    .replace("0.0.0.0", "127.0.0.1")
                    .replace("--port 8080", "--port " + port.forServer())
                    .replace("--connection-port 9090", "--connection-port 0"));
            try (BufferedReader out = program.inputReader();
                    Jamsocket jamsocket = Jamsocket.dev(port.number())) {
                assertThat(addressOf(out)).hasHost("dev.example").hasPort(8080);
                assertThat(jamsocket.connect().url()).hasScheme("http").hasHost("dev.example");
            } finally {
                end(program);
            }
        }
    }

    @Test
    void curlAsksForABackend() throws Exception {
        assumeThatThereIs("curl");
        try (JamsocketDevServer server = JamsocketDevServer.start()) {
            String answer = output(text(CONNECT).replace("8080", Integer.toString(server.port())));

            assertThat(answerOf(answer).url().getPort())
                    .isEqualTo(server.connectionUrl().getPort());
            assertThat(server.backendOfKey("a").snapshot().user()).isEqualTo("ann");
        }
    }

    @Test
    void curlAsksTheFirstApplication() throws Exception {
        assumeThatThereIs("curl");
        try (JamsocketDevServer server = JamsocketDevServer.start();
                GuideApplication application = GuideApplication.notes(server)) {
            String answer = output(text(NOTE).replace("8080", Integer.toString(application.port())));

            assertThat(answerOf(answer).url().getPort())
                    .isEqualTo(server.connectionUrl().getPort());
            String id = answerOf(answer).backendId();
            assertThat(server.backendOfKey("first").id()).isEqualTo(id);
        }
    }

    private static ConnectResponse answerOf(String json) {
        return ConnectResponseMapping.read(object(json));
    }

    private static JsonObject object(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }

    @Test
    void curlAsksTheClusterWhetherItHasADrone() throws Exception {
        assumeThatThereIs("curl");
        try (JamsocketDevServer server =
                JamsocketDevServer.builder().clusters("localhost:9090").start()) {
            String answer = output(text(CLUSTER).replace("8080", Integer.toString(server.port())));

            assertThat(object(answer).getJsonArray("drones").getJsonObject(0).getBoolean("ready"))
                    .isTrue();
        }
    }

    /** Of this JVM, whose client reconnects meanwhile. */
    @Test
    void theFlightRecorderHasWhatTheClientDoes() throws Exception {
        String[] commands = text(RECORDING)
                .replace("PID", Long.toString(ProcessHandle.current().pid()))
                .replace("100ms", "0ms")
                .split("(?<=\n)");
        try {
            assertThat(output(commands[0])).contains("Started recording");
            try (JamsocketDevServer server = JamsocketDevServer.start();
                    Jamsocket jamsocket = Jamsocket.dev(server.port())) {
                String id = jamsocket.connect().backendId();
                jamsocket.statusStream(id, state -> {}).close();
            }
            output(commands[1].replace("filename=", "filename=" + directory + File.separator));

            String summary = output(commands[2]);
            assertThat(summary).containsPattern("com\\.jamsocket\\.Call +[1-9]");
            assertThat(output(commands[3])).contains("com.jamsocket.StreamEnd {", "how = \"Closed\"");
            assertThat(commands).hasSize(4);
        } finally {
            output(commands[0].replaceAll("JFR.start name=(\\w+) .*", "JFR.stop name=$1"));
        }
    }

    /** In a folder that has the program. */
    private Process start(String script) throws IOException {
        assumeThatThereIs("bash");
        Path jar = directory.resolve("target/jamsocket-jakarta-0.1.0-SNAPSHOT-cli.jar");
        Files.createDirectories(jar.getParent());
        writeProgram(jar);
        Files.copy(jar, directory.resolve(jar.getFileName()));
        // In the place of the shell, so that it is what is ended.
        ProcessBuilder builder = shell("exec " + script).redirectErrorStream(true);
        builder.environment().put("CLONE", directory.toString());
        return builder.start();
    }

    /** With the classes of this build in the place of those that are packed into it. */
    private static void writeProgram(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, JamsocketDevServer.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(ClassPath.ofTests().split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    private String output(String script) throws IOException, InterruptedException {
        assumeThatThereIs("bash");
        Path errors = directory.resolve("errors.txt");
        Process process = shell(script).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s%s", script, output, Files.readString(errors))
                .isZero();
        return output;
    }

    private ProcessBuilder shell(String script) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euc", script).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JAMSOCKET_"));
        builder.environment()
                .merge(
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin").toString(),
                        (path, java) -> java + File.pathSeparator + path);
        return builder;
    }

    private static URI addressOf(BufferedReader out) throws IOException {
        String first = out.readLine();
        assertThat(first).startsWith("Jamsocket development server on http://");
        return URI.create(first.substring(first.indexOf("http")));
    }

    private static void end(Process program) throws InterruptedException {
        program.destroy();
        eventually("it has ended", () -> !program.isAlive());
    }

    private static String get(URI url) throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                .body();
    }

    private static void assumeThatThereIs(String program) {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .as(program)
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }
}
