package com.jamsocket.docs;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationKind;
import com.jamsocket.cdi.BackendEnd;
import com.jamsocket.cdi.BackendEvent;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.testkit.Jvm;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application of docs/events.md is killed while it follows, and goes on when it is started again. */
class RestartTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void anApplicationThatWasKilledTellsTheEndOfWhatItKnew() throws Exception {
        Path table = Files.createDirectory(directory.resolve("table"));
        try (JamsocketDevServer server = JamsocketDevServer.start();
                Jamsocket jamsocket = Jamsocket.dev(server.port())) {
            Path first = directory.resolve("first.txt");
            Process killed = application(server, table, first, "plan");
            try {
                eventually("ready", LIMIT, () -> Files.readAllLines(first), lines -> lines.contains("plan live ready"));
            } finally {
                killed.destroyForcibly().waitFor();
            }
            String id = server.backends().get(0).id();
            jamsocket.terminate(id, TerminationKind.HARD);
            jamsocket.awaitTerminated(id, LIMIT);

            Path second = directory.resolve("second.txt");
            Process restarted = application(server, table, second);
            try {
                eventually("the end", LIMIT, () -> Files.readAllLines(second), lines -> lines.contains("plan end"));
                eventually("the row", LIMIT, () -> rows(table), Map::isEmpty);
            } finally {
                restarted.destroyForcibly().waitFor();
            }

            assertThat(Files.readAllLines(first)).noneMatch(line -> line.contains("end") || line.contains("history"));
            List<String> told = Files.readAllLines(second).stream()
                    .filter(line -> line.startsWith("plan "))
                    .toList();
            assertThat(told).contains("plan history ready").endsWith("plan history terminated", "plan end");
            assertThat(told).noneMatch(line -> line.contains("live")).doesNotHaveDuplicates();
        }
    }

    private static Process application(JamsocketDevServer server, Path table, Path output, String... rooms)
            throws IOException {
        ProcessBuilder application = new ProcessBuilder(
                Stream.concat(Jvm.command("-Dtable=" + table, Application.class.getName()).stream(), Stream.of(rooms))
                        .toList());
        application.environment().put("JAMSOCKET_DEV", "true");
        application.environment().put("JAMSOCKET_DEV_PORT", String.valueOf(server.port()));
        return application
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static Map<String, String> rows(Path table) throws IOException {
        try (Stream<Path> files = Files.list(table)) {
            return files.collect(Collectors.toMap(file -> file.getFileName().toString(), FileTable::read));
        }
    }

    /** Runs until it is killed. */
    static final class Application {
        public static void main(String... rooms) throws InterruptedException {
            try (SeContainer container = SeContainerInitializer.newInstance()
                    .addBeanClasses(RoomRegister.class, FileTable.class, Log.class)
                    .initialize()) {
                for (String room : rooms) {
                    container.select(RoomRegister.class).get().enter(room, "ann");
                }
                Thread.sleep(LIMIT.multipliedBy(2).toMillis());
            }
        }
    }

    @ApplicationScoped
    static class Log {
        void on(@Observes BackendEvent event) {
            System.out.println(event.backend().labels().get("room")
                    + (event.history() ? " history " : " live ")
                    + event.state().statusName());
        }

        void on(@Observes BackendEnd end) {
            System.out.println(end.backend().labels().get("room") + " end");
        }
    }

    /** A file for each row. */
    @ApplicationScoped
    static class FileTable implements RoomTable {
        private final Path directory = Path.of(System.getProperty("table"));

        @Override
        public void add(String backendId, String room) {
            try {
                Files.writeString(directory.resolve(backendId), room);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void remove(String backendId) {
            try {
                Files.deleteIfExists(directory.resolve(backendId));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Map<String, String> open() {
            try {
                return rows(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String read(Path row) {
            try {
                return Files.readString(row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
