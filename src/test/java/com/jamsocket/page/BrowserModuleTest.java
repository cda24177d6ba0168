package com.jamsocket.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.jamsocket.dev.JamsocketDevServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The module for pages, on Node: its own tests are in src/test/js. Where there is no Node they are skipped by name;
 * with {@code -Dnode.required} that is a failure.
 */
class BrowserModuleTest {

    private static final Path TESTS = Path.of("src/test/js");
    private static final int OLDEST_NODE = 20;

    @Test
    void keepsItsPromisesOnNode() throws Exception {
        List<String> command = new ArrayList<>(List.of(node(), "--test", "--test-reporter=tap"));
        command.addAll(tests());
        try (JamsocketDevServer server = JamsocketDevServer.start();
                PageApplication application = new PageApplication(server.port())) {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("JAMSOCKET_DEV_SERVER", "http://127.0.0.1:" + server.port());
            builder.environment().put("JAMSOCKET_APPLICATION", application.url());
            builder.environment()
                    .put("NODE_OPTIONS", "--experimental-eventsource --experimental-websocket --no-warnings");
            String output = output(builder);

            assertThat(output).contains("\n# fail 0\n", "\n# cancelled 0\n", "\n# skipped 0\n");
            assertThat(output).doesNotContain("\n# pass 0\n");
        }
    }

    @Test
    void isWhereServersServeItFromAJar() {
        for (String file : List.of("session-backend.js", "session-backend.d.ts")) {
            assertThat(getClass().getResource("/META-INF/resources/jamsocket/" + file))
                    .as(file)
                    .isNotNull();
        }
    }

    private static List<String> tests() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .toList();
        }
    }

    /** The Node to use; without one there is no test, or a failure. */
    private static String node() throws IOException, InterruptedException {
        String node = Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv("PATH"))
                .map(folder -> Path.of(folder, "node"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseGet(() -> withoutNode("there is no Node on the PATH"));
        String version = output(new ProcessBuilder(node, "--version")).strip();
        boolean isOld = Integer.parseInt(version.replaceFirst("v(\\d+)\\..*", "$1")) < OLDEST_NODE;
        return isOld ? withoutNode("Node is " + version + ", older than " + OLDEST_NODE) : node;
    }

    private static String withoutNode(String problem) {
        String message = "The tests of session-backend.js in " + TESTS + " did not run: " + problem
                + ". With -Dnode.required this is a failure.";
        if (System.getProperty("node.required") != null) {
            fail(message);
        }
        System.err.println("SKIPPED: " + message);
        return abort(message);
    }

    private static String output(ProcessBuilder builder) throws IOException, InterruptedException {
        Path output = Files.createTempFile("node", ".txt");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES))
                    .as("node has ended")
                    .isTrue();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
