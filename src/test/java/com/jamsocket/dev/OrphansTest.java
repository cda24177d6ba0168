package com.jamsocket.dev;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.jamsocket.BackendStatus;
import com.jamsocket.testkit.Http;
import com.jamsocket.testkit.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that a backend has started survives it. */
@Timeout(120)
class OrphansTest {

    @TempDir
    Path folder;

    private String launched = "";

    @BeforeAll
    static void onLinux() {
        assumeTrue(Files.exists(Path.of("/proc/self/environ")), "only Linux shows processes whose parents are dead");
    }

    /** Sleeps, and says who it is in a file of its own: a parent, a child, and a grandchild whose parent is dead. */
    private String family() {
        String say = "echo $$ > " + folder + "/$1; exec sleep 1000";
        return "sh -c '" + say + "' sh child & (sh -c '" + say + "' sh orphan &) ; echo $$ > " + folder + "/parent; ";
    }

    private List<ProcessHandle> members() throws IOException {
        List<ProcessHandle> members = new ArrayList<>();
        for (String name : List.of("parent", "child", "orphan")) {
            Path file = folder.resolve(name);
            eventually(name + " to run", () -> Files.exists(file) && Files.size(file) > 1);
            Optional<ProcessHandle> member =
                    ProcessHandle.of(Long.parseLong(Files.readString(file).strip()));
            assertThat(member).as(name).isPresent();
            members.add(member.get());
        }
        return members;
    }

    private static void assertGone(List<ProcessHandle> members) {
        members.forEach(member -> eventually(member + " to be gone", () -> !isRunning(member)));
    }

    /** Whether it has not ended. One that is dying, or that nobody has waited for yet, has no environment any more. */
    private static boolean isRunning(ProcessHandle process) {
        try {
            Path environment = Path.of("/proc", String.valueOf(process.pid()), "environ");
            return process.isAlive() && Files.readAllBytes(environment).length > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** A server that is closed meanwhile ends what it launches only a little later. */
    private static void awaitLaunch(DevBackend backend) {
        eventually(backend + " to be launched", () -> backend.state().status() == BackendStatus.WAITING);
    }

    private JamsocketDevServer server(String script) {
        return JamsocketDevServer.builder()
                .launcher(Launcher.command("sh", "-c", script))
                .grace(Duration.ofSeconds(1))
                .start();
    }

    @Test
    void endsAFamilyWithItsBackend() throws Exception {
        try (JamsocketDevServer server = server(family() + "wait")) {
            assertEndsWithItsFamily(server);
        }
    }

    /** npm starts a shell, that a program: each could be what is asked to end, and the last one what goes on. */
    @Test
    void endsWhatNpmRuns() throws Exception {
        assumeTrue(hasNpm(), "npm is not there");
        Files.writeString(folder.resolve("package.json"), "{\"scripts\":{\"backend\":\"sh family.sh\"}}");
        Files.writeString(folder.resolve("family.sh"), family() + "wait");
        try (JamsocketDevServer server = JamsocketDevServer.builder()
                .launcher(Launcher.command("npm", "run", "backend").directory(folder))
                .grace(Duration.ofSeconds(1))
                .start()) {
            assertEndsWithItsFamily(server);
        }
    }

    private void assertEndsWithItsFamily(JamsocketDevServer server) throws Exception {
        Http http = Http.of(server);
        String id = http.spawn();
        List<ProcessHandle> members = members();
        http.post("/v2/backend/" + id + "/terminate", "{}");
        DevBackend backend = server.backend(id);
        eventually("its end", () -> backend.state().status() == BackendStatus.TERMINATED);
        assertThat(members).noneMatch(OrphansTest::isRunning);
    }

    private static boolean hasNpm() throws InterruptedException {
        try {
            return new ProcessBuilder("npm", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void endsAFamilyThatIgnoresToBeAsked() throws Exception {
        try (JamsocketDevServer server = server("trap '' TERM; " + family() + "while :; do sleep 1; done")) {
            assertEndsWithItsFamily(server);
        }
    }

    @Test
    void endsWhatAProcessLeavesBehindWhenItEndsByItself() throws Exception {
        try (JamsocketDevServer server =
                server(family() + "while [ ! -e " + folder + "/end ]; do sleep 1; done; exit 5")) {
            DevBackend backend = server.backend(Http.of(server).spawn());
            List<ProcessHandle> members = members();
            Files.createFile(folder.resolve("end"));
            eventually("its end", () -> backend.state().status() == BackendStatus.TERMINATED);
            assertThat(backend.snapshot().exitCode()).isEqualTo(5);
            assertThat(members).noneMatch(OrphansTest::isRunning);
        }
    }

    @Test
    void endsAFamilyWithTheServer() throws Exception {
        List<ProcessHandle> members;
        try (JamsocketDevServer server = server(family() + "wait")) {
            DevBackend backend = server.backend(Http.of(server).spawn());
            members = members();
            awaitLaunch(backend);
        }
        assertThat(members).noneMatch(OrphansTest::isRunning);
    }

    @Test
    void endsAFamilyWithTheJvmThatIsAskedToEnd() throws Exception {
        Process jvm = jvm();
        try {
            List<ProcessHandle> members = members();
            jvm.toHandle().destroy();
            assertGone(members);
            jvm.waitFor();
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    void endsWhatAKilledJvmHasLeftBehindWithTheNextServer() throws Exception {
        Process jvm = jvm();
        List<ProcessHandle> members = members();
        jvm.destroyForcibly().waitFor();
        // One that just becomes another program has no environment for a moment.
        members.forEach(member -> eventually(member + " to run on", () -> isRunning(member)));
        Process next = program("exit 0");
        try {
            Http http = http(next);
            assertGone(members);
            assertThat(http.get("/v2/backend/" + launched + "/status").statusCode())
                    .isEqualTo(404);
        } finally {
            next.destroyForcibly();
        }
    }

    /** A server in a JVM of its own, with a backend that starts a family. */
    private Process jvm() throws IOException {
        Path script = Files.writeString(folder.resolve("family.sh"), family() + "wait");
        Process process = program("sh " + script);
        Http http = http(process);
        launched = http.spawn();
        eventually("it to be launched", () -> http.statusOf(launched).equals("waiting"));
        return process;
    }

    /** With a folder for temporary files of its own: servers in the JVMs of other tests end what is left in theirs. */
    private Process program(String command) throws IOException {
        return new ProcessBuilder(Jvm.command(
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + folder,
                        JamsocketDevServer.class.getName(),
                        "--port",
                        "0",
                        "--command",
                        command))
                .redirectErrorStream(true)
                .start();
    }

    private static Http http(Process program) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        // It may say first what it has ended.
        while (!line.contains("server on http")) {
            line = out.readLine();
        }
        return new Http(URI.create(line.substring(line.indexOf("http"))));
    }

    @Test
    void endsTwoHundredAtOnce() throws Exception {
        List<ProcessHandle> all = new ArrayList<>();
        try (JamsocketDevServer server = server("echo $$ > " + folder + "/$SESSION_BACKEND_ID; sleep 1000; true")) {
            Http http = Http.of(server);
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                ids.add(http.spawn());
            }
            for (String id : ids) {
                Path file = folder.resolve(id);
                eventually(id + " to run", () -> Files.exists(file) && Files.size(file) > 1);
                ProcessHandle parent = ProcessHandle.of(
                                Long.parseLong(Files.readString(file).strip()))
                        .orElseThrow();
                all.add(parent);
                eventually("its child", () -> parent.children().findAny().isPresent());
                parent.children().forEach(all::add);
                awaitLaunch(server.backend(id));
            }
        }
        assertThat(all).hasSizeGreaterThanOrEqualTo(400).noneMatch(OrphansTest::isRunning);
    }
}
