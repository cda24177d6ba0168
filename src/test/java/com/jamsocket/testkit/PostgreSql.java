package com.jamsocket.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL for one test, empty and on loopback. Where it is not installed the test is skipped by name; with {@code
 * -Dpostgresql.required} that is a failure.
 */
public final class PostgreSql implements AutoCloseable {

    /** Where Debian has it, off the path. */
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path programs;
    private final Path directory;
    private final ReservedPort port = new ReservedPort();

    private PostgreSql(Path programs) throws IOException, InterruptedException {
        this.programs = programs;
        this.directory = Files.createTempDirectory("postgresql");
        if (isRoot()) {
            run("chown", "nobody", directory.toString());
        }
        program("initdb", "-A", "trust", "-U", "postgres");
        program(
                "pg_ctl",
                "-w",
                "-l",
                directory.resolve("log").toString(),
                "-o",
                "-p " + port.forServer() + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off",
                "start");
    }

    /** Starts it, or ends the calling test. */
    public static PostgreSql start() throws IOException, InterruptedException {
        return new PostgreSql(programs().orElseGet(PostgreSql::without));
    }

    private static Path without() {
        String message = "There is no initdb. With -Dpostgresql.required this is a failure.";
        if (System.getProperty("postgresql.required") != null) {
            fail(message);
        }
        System.err.println("SKIPPED: " + message);
        return abort(message);
    }

    private static Optional<Path> programs() throws IOException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.sorted(Comparator.reverseOrder())
                        .map(version -> version.resolve("bin"))
                        .forEach(folders::add);
            }
        }
        Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of).forEach(folders::add);
        return folders.stream()
                .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
                .findFirst();
    }

    /** Its database. */
    public DataSource database() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL("jdbc:postgresql://127.0.0.1:" + port.number() + "/postgres?user=postgres");
        return source;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        program("pg_ctl", "-m", "immediate", "-w", "stop");
        port.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private void program(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // As which it does not run.
            command.addAll(List.of("runuser", "-u", "nobody", "--"));
        }
        command.add(programs.resolve(name).toString());
        command.addAll(List.of("-D", directory.resolve("data").toString()));
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** The server inherits what it is started with, so that its output goes to a file, which has an end. */
    private static void run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("postgresql", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .directory(new File(System.getProperty("java.io.tmpdir")))
                    .start();
            assertThat(process.waitFor())
                    .as("%s: %s", List.of(command), Files.readString(output, StandardCharsets.UTF_8))
                    .isZero();
        } finally {
            Files.delete(output);
        }
    }
}
