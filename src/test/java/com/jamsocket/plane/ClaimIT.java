package com.jamsocket.plane;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.docs.ClaimingNode;
import com.jamsocket.testkit.Jvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The claim of docs/events.md with a row of PostgreSQL, on two nodes, of which the one that tells is killed. */
class ClaimIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** The database of Plane, and none of its tables. */
    private static final String DATABASE = jdbc(URI.create(System.getProperty("plane.database")));

    @TempDir
    Path directory;

    private static String jdbc(URI database) {
        return "jdbc:postgresql://" + database.getHost() + ":" + database.getPort() + "/postgres?user="
                + database.getUserInfo();
    }

    @BeforeEach
    void makeTheTable() throws IOException, SQLException {
        String page = Files.readString(Path.of("docs/events.md"));
        Matcher table = Pattern.compile("```sql\n(CREATE TABLE follow_claim .*?;)\n```", Pattern.DOTALL)
                .matcher(page);
        assertThat(table.find()).isTrue();
        try (Connection connection = DriverManager.getConnection(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS follow_claim");
            statement.execute(table.group(1));
        }
    }

    @Test
    void anotherNodeTakesOverFromOneThatIsKilledAndTellsTheEndAlone() throws Exception {
        try (JamsocketDevServer server = JamsocketDevServer.start();
                Jamsocket jamsocket = Jamsocket.dev(server.port())) {
            String id = jamsocket
                    .connect(ConnectRequest.builder().key("room").build())
                    .backendId();
            Node first = new Node(server, id, "first");
            try {
                first.told(lines -> lines.contains("live ready") || lines.contains("history ready"));
                Node second = new Node(server, id, "second");
                try {
                    second.told(lines -> lines.contains("follows " + id));
                    first.kill();
                    long killed = System.nanoTime();

                    second.told(lines -> lines.contains("history ready"));
                    // It was told nothing before: the lease of 30 seconds is renewed every 10.
                    assertThat(Duration.ofNanos(System.nanoTime() - killed)).isGreaterThan(Duration.ofSeconds(15));
                    jamsocket.terminate(id, TerminationKind.HARD);
                    List<String> told = second.told(lines -> lines.contains("end"));
                    assertThat(told).endsWith("live terminated", "end").doesNotHaveDuplicates();
                    eventually("the row", LIMIT, ClaimIT::ended, ended -> ended);
                    assertThat(first.lines()).doesNotContain("end");
                } finally {
                    second.kill();
                }
            } finally {
                first.kill();
            }
        }
    }

    private static boolean ended() throws SQLException {
        try (Connection connection = DriverManager.getConnection(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT ended, holder FROM follow_claim")) {
            return rows.next() && rows.getBoolean(1) && rows.getString(2) == null;
        }
    }

    /** A JVM. */
    private final class Node {
        private final Path output;
        private final Process process;

        Node(JamsocketDevServer server, String backendId, String name) throws IOException {
            output = directory.resolve(name + ".txt");
            ProcessBuilder node = new ProcessBuilder(
                    Jvm.command("-Dclaims.database=" + DATABASE, ClaimingNode.class.getName(), backendId));
            node.environment().put("JAMSOCKET_DEV", "true");
            node.environment().put("JAMSOCKET_DEV_PORT", Integer.toString(server.port()));
            process = node.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        }

        List<String> told(Predicate<List<String>> complete) {
            return eventually(output.getFileName().toString(), LIMIT, this::lines, complete);
        }

        List<String> lines() throws IOException {
            return Files.readAllLines(output).stream()
                    .filter(line -> line.matches("(live|history|follows) .*|end"))
                    .toList();
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }
}
