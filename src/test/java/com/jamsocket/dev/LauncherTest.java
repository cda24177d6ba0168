package com.jamsocket.dev;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.testkit.Http;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backends whose statuses follow what really runs in them. */
@Timeout(120)
class LauncherTest {

    private static final String PLANE_SPAWN = "{\"spawn_config\":{\"executable\":{\"image\":\"%s\"%s}%s}}";

    private final List<JamsocketDevServer> servers = new ArrayList<>();
    private JamsocketDevServer server;
    private Http http;

    private void start(JamsocketDevServer.Builder builder) {
        server = builder.start();
        servers.add(server);
        http = Http.of(server);
    }

    private void start(Launcher launcher) {
        start(JamsocketDevServer.builder().launcher(launcher));
    }

    @AfterEach
    void close() {
        servers.forEach(JamsocketDevServer::close);
    }

    private static Launcher java(String... arguments) {
        return Launcher.command(ProcessBackend.command(arguments));
    }

    private List<String> statuses(String id) {
        return server.backend(id).snapshot().history().stream()
                .map(BackendState::statusName)
                .toList();
    }

    private void awaitStatus(String id, BackendStatus status) {
        eventually(id + " to be " + status, () -> server.backend(id).state().status() == status);
    }

    /** Its lines are read by a thread of its own, which may come later than its answers, and than its end. */
    private void awaitLog(String id, String line) {
        eventually(line, () -> server.backend(id).logLines().contains(line));
    }

    private String get(JsonObject response, String path) {
        return http.get("/" + response.getString("token") + path).body();
    }

    /** The number of the process that answers, which must be alive. */
    private ProcessHandle process(JsonObject response) {
        String answer = get(response, "/");
        return ProcessHandle.of(Long.parseLong(answer.replaceAll("(?s).*pid=([0-9]+).*", "$1")))
                .orElseThrow();
    }

    @Test
    void startsAProcessForEachBackendAndEndsItSoftly() {
        start(java());
        JsonObject first = http.connect("{\"key\":\"a\"}");
        JsonObject second = http.connect("{\"key\":\"b\"}");
        assertThat(first.getString("status")).isEqualTo("scheduled");
        ProcessHandle process = process(first);
        assertThat(process(second).pid()).isNotEqualTo(process.pid());
        String id = first.getString("backend_id");
        assertThat(statuses(id)).containsExactly("scheduled", "loading", "starting", "waiting", "ready");
        awaitLog(id, "started ");

        http.post("/v2/backend/" + id + "/terminate", "{}");
        awaitStatus(id, BackendStatus.TERMINATED);
        assertThat(process.isAlive()).isFalse();
        BackendState.Terminated ended =
                (BackendState.Terminated) server.backend(id).state();
        assertThat(ended.reasonName()).isEqualTo("external");
        assertThat(ended.kindName()).isEqualTo("soft");
        // A JVM that was asked to end says so.
        assertThat(ended.exitError()).isTrue();
        assertThat(server.backend(id).snapshot().exitCode()).isEqualTo(143);
        assertThat(process(second).isAlive()).isTrue();
    }

    @Test
    void givesAProcessItsEnvironment(@TempDir Path folder) throws Exception {
        start(Launcher.command(ProcessBackend.command())
                .env("OWN", "launcher")
                .env("BOTH", "launcher")
                .directory(folder)
                .mounts(folder.resolve("mounts")));
        JsonObject response = http.connect("{\"key\":\"k/1\",\"spawn\":{\"executable\":{\"mount\":true,"
                + "\"env\":{\"BOTH\":\"request\",\"SESSION_BACKEND_X\":\"x\"}}}}");
        String answer = get(response, "/");
        assertThat(answer)
                .contains("OWN=launcher", "BOTH=request", "SESSION_BACKEND_X=x", "SESSION_BACKEND_KEY=k/1")
                .contains("SESSION_BACKEND_ID=" + response.getString("backend_id"))
                .containsPattern("SESSION_BACKEND_FENCING_TOKEN=[0-9]+")
                .containsPattern("PORT=[0-9]+")
                .contains("folder=" + folder)
                .contains("SESSION_BACKEND_MOUNT=" + folder.toRealPath().resolve("mounts/svc/k%2F1"))
                .doesNotContain("SESSION_BACKEND_STATIC_TOKEN")
                .doesNotContain("JAMSOCKET_");

        JsonObject fixed = Http.json(http.post(
                "/ctrl/connect",
                PLANE_SPAWN.formatted("x", ",\"env\":{\"PORT\":\"1\"}", ",\"use_static_token\":true")));
        assertThat(get(fixed, "/"))
                .contains("SESSION_BACKEND_STATIC_TOKEN=" + fixed.getString("token"))
                .doesNotContain("PORT=1,");
    }

    @Test
    void letsNoMountLeadOutOfItsFolder(@TempDir Path folder) throws Exception {
        Path mounts = Files.createDirectory(folder.resolve("mounts"));
        Files.createSymbolicLink(mounts.resolve("link"), folder);
        start(Launcher.command(ProcessBackend.command()).mounts(mounts));
        for (String mount : List.of("../out", "link/out", "a/../../out")) {
            JsonObject response = http.connect("{\"spawn\":{\"executable\":{\"mount\":\"" + mount + "\"}}}");
            String id = response.getString("backend_id");
            awaitStatus(id, BackendStatus.TERMINATED);
            assertThat(server.backend(id).logLines()).singleElement().asString().contains("would not be below");
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void isTerminatedWithTheProcess() {
        start(java("exit", "3"));
        String crashed = http.spawn();
        awaitStatus(crashed, BackendStatus.TERMINATED);
        BackendState.Terminated ended =
                (BackendState.Terminated) server.backend(crashed).state();
        assertThat(ended.exitError()).isTrue();
        assertThat(ended.reasonName()).isNull();
        assertThat(ended.kindName()).isNull();
        assertThat(server.backend(crashed).snapshot().exitCode()).isEqualTo(3);
        awaitLog(crashed, "started exit");
        assertThat(server.backend(crashed).logLines()).containsExactly("started exit");

        start(java("exit", "0"));
        String done = http.spawn();
        awaitStatus(done, BackendStatus.TERMINATED);
        assertThat(((BackendState.Terminated) server.backend(done).state()).exitError())
                .isFalse();
    }

    @Test
    void saysWhyACommandCannotBeStarted() {
        start(Launcher.command("no-such-program-anywhere"));
        String id = http.spawn();
        awaitStatus(id, BackendStatus.TERMINATED);
        assertThat(statuses(id)).containsExactly("scheduled", "loading", "starting", "terminated");
        assertThat(server.backend(id).logLines())
                .singleElement()
                .asString()
                .contains("could not be started", "no-such-program-anywhere");
        assertThatIllegalArgumentException().isThrownBy(() -> Launcher.command());
    }

    @Test
    void endsABackendThatDoesNotAnswerInTime() {
        start(JamsocketDevServer.builder().launcher(java("mute")).readyTimeout(Duration.ofMillis(500)));
        String id = http.spawn();
        awaitStatus(id, BackendStatus.TERMINATED);
        assertThat(statuses(id))
                .containsExactly("scheduled", "loading", "starting", "waiting", "hard-terminating", "terminated");
        assertThat(((BackendState.Terminated) server.backend(id).state()).reasonName())
                .isEqualTo("startuptimeout");
    }

    @Test
    void killsWhatDoesNotEndWithinTheGracePeriod() {
        start(JamsocketDevServer.builder().launcher(java("stubborn")).grace(Duration.ofMillis(300)));
        JsonObject response = http.connect("{}");
        ProcessHandle process = process(response);
        String id = response.getString("backend_id");
        http.post("/v2/backend/" + id + "/terminate", "{}");
        awaitStatus(id, BackendStatus.TERMINATED);
        assertThat(process.isAlive()).isFalse();
        assertThat(server.backend(id).snapshot().exitCode()).isEqualTo(137);
        assertThat(((BackendState.Terminated) server.backend(id).state()).kindName())
                .isEqualTo("soft");
    }

    @Test
    void findsABackendThatListensOnIpv6Only() {
        start(java("ipv6"));
        assertThat(process(http.connect("{}")).isAlive()).isTrue();
    }

    @Test
    void crashesABackendForATest() {
        start(java());
        JsonObject response = http.connect("{\"key\":\"k\"}");
        ProcessHandle process = process(response);
        DevBackend backend = server.backendOfKey("svc", "k");
        assertThat(backend.id()).isEqualTo(response.getString("backend_id"));
        awaitLog(backend.id(), "started ");
        backend.log("a line of the test's");
        backend.crash(139);
        awaitStatus(backend.id(), BackendStatus.TERMINATED);
        assertThat(process.isAlive()).isFalse();
        assertThat(backend.snapshot().exitCode()).isEqualTo(139);
        assertThat(backend.logLines()).containsExactly("started ", "a line of the test's");
        assertThatIllegalArgumentException().isThrownBy(() -> server.backendOfKey("svc", "k"));
        assertThatIllegalArgumentException().isThrownBy(() -> server.backend("none"));
    }

    @Test
    void steersBackendsThatNothingRunsIn() {
        start(JamsocketDevServer.builder().lifecycle(Lifecycle.manual()));
        DevBackend backend = server.backend(http.spawn());
        assertThat(backend.advanceTo(BackendStatus.WAITING)).isTrue();
        assertThat(backend.advanceTo(BackendStatus.STARTING)).isFalse();
        assertThat(statuses(backend.id())).containsExactly("scheduled", "loading", "starting", "waiting");
        assertThat(backend.advanceTo(BackendStatus.TERMINATED)).isTrue();
        assertThat(statuses(backend.id())).endsWith("ready", "terminating", "terminated");
        assertThatIllegalArgumentException().isThrownBy(() -> backend.advanceTo(BackendStatus.UNKNOWN));

        DevBackend crashing = server.backend(http.spawn());
        crashing.crash(137);
        assertThat(((BackendState.Terminated) crashing.state()).exitError()).isTrue();
        assertThat(statuses(crashing.id())).containsExactly("scheduled", "terminated");
    }

    @Test
    void usesWhatRunsAtAnAddressAlready() {
        start(JamsocketDevServer.builder().backend(request -> BackendHandler.Response.text(200, "from there")));
        JsonObject there = http.connect("{}");
        // The other server's own backend: it leads from path to path.
        URI address = server.connectionUrl();
        start(Launcher.address(address));
        JsonObject here = http.connect("{}");
        assertThat(get(here, "/" + there.getString("token") + "/")).isEqualTo("from there");
        http.post("/v2/backend/" + here.getString("backend_id") + "/terminate", "{\"hard\":true}");
        awaitStatus(here.getString("backend_id"), BackendStatus.TERMINATED);
        assertThat(servers.get(0).backends().get(0).state().status()).isEqualTo(BackendStatus.READY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x/", "https://x/", "http:/x", "http://x:65536/", "http://user:secret@x/"})
    void refusesAnAddressWhereNoServerCanBe(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Launcher.address(URI.create(address)))
                .withMessageStartingWith("the address of a backend must ")
                .withMessageNotContaining("secret");
    }

    @Test
    void choosesByServiceAndTagInBothDialects() {
        List<String> launched = new CopyOnWriteArrayList<>();
        start(JamsocketDevServer.builder()
                .lifecycle(Lifecycle.instant())
                .launcher("drawing", failing("drawing", launched))
                .launcher("drawing:v2", failing("drawing:v2", launched))
                .backend("notes", request -> BackendHandler.Response.text(200, "notes")));
        http.post("/v2/service/a/drawing/connect", "{}");
        http.post("/v2/service/a/drawing/connect", "{\"spawn\":{\"tag\":\"v2\"}}");
        http.post("/v2/service/a/drawing/connect", "{\"spawn\":{\"tag\":\"v3\"}}");
        http.post("/ctrl/connect", PLANE_SPAWN.formatted("registry.example:5000/x/drawing:v2", "", ""));
        http.post("/ctrl/connect", PLANE_SPAWN.formatted("drawing:latest", "", ""));
        eventually("all to be launched", () -> launched.size() == 5);
        assertThat(launched).containsExactlyInAnyOrder("drawing", "drawing:v2", "drawing", "drawing:v2", "drawing");
        JsonObject notes = Http.json(http.post("/v2/service/a/notes/connect", "{}"));
        assertThat(get(notes, "/")).isEqualTo("notes");
        assertThat(get(http.connect("{}"), "/")).startsWith("backend ");
    }

    private static Launcher failing(String name, List<String> launched) {
        return (request, log) -> {
            launched.add(name);
            throw new IllegalStateException("not for this test");
        };
    }

    @Test
    void showsALauncherAllThatWasAskedFor() {
        AtomicReference<LaunchRequest> asked = new AtomicReference<>();
        OwnBackend own = new OwnBackend();
        start((request, log) -> {
            asked.set(request);
            log.accept("launching");
            return own;
        });
        String limits = "{\"cpu_period_percent\":50}";
        String executable = "{\"mount\":\"m\",\"env\":{\"A\":\"secret\"},\"resource_limits\":" + limits + "}";
        String spawn = "{\"tag\":\"v1\",\"cluster\":\"eu\",\"lifetime_limit_seconds\":60,\"max_idle_seconds\":50,"
                + "\"executable\":" + executable + "}";
        String user = "\"key\":\"k\",\"user\":\"ann\",\"auth\":{\"role\":\"editor\"}";
        String id = http.connect("{" + user + ",\"spawn\":" + spawn + "}").getString("backend_id");
        awaitStatus(id, BackendStatus.WAITING);
        LaunchRequest request = asked.get();
        assertThat(request.backendId()).isEqualTo(id);
        assertThat(request.service()).isEqualTo("svc");
        assertThat(request.namespace()).isEqualTo("acct/svc");
        assertThat(request.key()).isEqualTo("k");
        assertThat(request.user()).isEqualTo("ann");
        assertThat(request.auth()).containsEntry("role", "editor");
        assertThat(request.options().tag()).isEqualTo("v1");
        assertThat(request.options().cluster()).isEqualTo("eu");
        assertThat(request.options().env()).containsEntry("A", "secret");
        assertThat(request.options().mount()).isNotNull();
        assertThat(request.options().resourceLimits()).isNotNull();
        assertThat(request.lifetimeLimit()).isEqualTo(Duration.ofMinutes(1));
        assertThat(request.maxIdle()).isEqualTo(Duration.ofSeconds(50));
        assertThat(request.toString()).contains(id).doesNotContain("secret", "editor");
        assertThat(server.backend(id).snapshot().request()).isEqualTo(request);
        assertThat(server.backend(id).logLines()).containsExactly("launching");

        http.post("/v2/backend/" + id + "/terminate", "{}");
        eventually("it to be asked", () -> own.calls.contains("stop"));
        http.post("/v2/backend/" + id + "/terminate", "{\"hard\":true}");
        eventually("it to be killed", () -> own.calls.contains("kill"));
        assertThat(server.backend(id).state().status()).isEqualTo(BackendStatus.HARD_TERMINATING);
        own.exit.complete(0);
        awaitStatus(id, BackendStatus.TERMINATED);
    }

    /** Starts a server whose backend is launched, and is this one when it is let go. */
    private String launching(OwnBackend own, CompletableFuture<Void> goesOn) {
        CompletableFuture<Void> launching = new CompletableFuture<>();
        start((request, log) -> {
            launching.complete(null);
            goesOn.join();
            return own;
        });
        String id = http.spawn();
        launching.join();
        return id;
    }

    @Test
    void asksABackendToEndThatWasNotThereYet() {
        OwnBackend own = new OwnBackend();
        CompletableFuture<Void> goesOn = new CompletableFuture<>();
        String id = launching(own, goesOn);
        http.post("/v2/backend/" + id + "/terminate", "{}");
        goesOn.complete(null);
        eventually("it to be asked", () -> own.calls.contains("stop"));
        assertThat(own.calls).containsExactly("stop");
        own.exit.complete(0);
        awaitStatus(id, BackendStatus.TERMINATED);
        assertThat(statuses(id)).doesNotContain("waiting").endsWith("terminating", "terminated");
    }

    @Test
    void killsABackendThatHadEndedBeforeItWasThere() {
        OwnBackend own = new OwnBackend();
        CompletableFuture<Void> goesOn = new CompletableFuture<>();
        String id = launching(own, goesOn);
        server.backend(id).crash(3);
        assertThat(server.backend(id).state().status()).isEqualTo(BackendStatus.TERMINATED);
        goesOn.complete(null);
        eventually("it to be killed", () -> own.calls.contains("kill"));
        own.exit.complete(137);
        assertThat(server.backend(id).snapshot().exitCode()).isEqualTo(3);
        assertThat(statuses(id)).doesNotContain("waiting").endsWith("terminated");
    }

    @Test
    void killsABackendThatIsThereWhenTheServerIsNotAnyMore() throws Exception {
        OwnBackend late = new OwnBackend();
        CompletableFuture<Void> goesOn = new CompletableFuture<>();
        launching(late, goesOn);
        Thread closing = new Thread(server::close);
        closing.start();
        eventually("the server to be closed", () -> !isOpen());
        goesOn.complete(null);
        eventually("it to be killed", () -> late.calls.contains("kill"));
        late.exit.complete(137);
        closing.join();
    }

    private boolean isOpen() {
        try {
            http.get("/v2/backend/none/status");
            return true;
        } catch (RuntimeException | AssertionError e) {
            return false;
        }
    }

    @Test
    void endsWhatRunsWhenTheDashboardIsAskedTo() {
        OwnBackend own = new OwnBackend();
        start((request, log) -> own);
        String id = http.connect("{\"key\":\"k\"}").getString("backend_id");
        awaitStatus(id, BackendStatus.WAITING);
        assertThat(http.post("/dashboard/restart", "{}").statusCode()).isEqualTo(200);
        eventually("it to be asked", () -> own.calls.contains("stop"));
        assertThat(http.connect("{\"key\":\"k\"}").getBoolean("spawned")).isTrue();
        own.exit.complete(0);
        awaitStatus(id, BackendStatus.TERMINATED);
    }

    /** What a user might write: it runs nowhere. */
    private static final class OwnBackend implements LaunchedBackend {

        private final CompletableFuture<Integer> exit = new CompletableFuture<>();
        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public URI address() {
            return URI.create("http://127.0.0.1:1");
        }

        @Override
        public CompletionStage<Integer> exit() {
            return exit;
        }

        @Override
        public void stop() {
            calls.add("stop");
        }

        @Override
        public void kill() {
            calls.add("kill");
        }
    }

    @Test
    void startsAnewWhenAFileChanges(@TempDir Path folder) throws Exception {
        Path sub = Files.createDirectories(folder.resolve("src/deep"));
        Path hidden = Files.createDirectories(folder.resolve("src/.git"));
        start(JamsocketDevServer.builder().launcher(java()).watch(folder.resolve("src")));
        JsonObject first = http.connect("{\"key\":\"k\"}");
        ProcessHandle process = process(first);
        Files.writeString(hidden.resolve("index"), "changed");
        assertThat(http.connect("{\"key\":\"k\"}").getBoolean("spawned")).isFalse();
        // Moved there, which is one change: to make a file and to fill it are two, and a pause between them is
        // possible.
        Path written = Files.writeString(folder.resolve("server.js"), "changed");
        Path code = Files.move(written, sub.resolve("server.js"));
        // The last change is what is told of.
        Files.writeString(sub.resolve("out.log"), "changed");
        awaitStatus(first.getString("backend_id"), BackendStatus.TERMINATED);
        assertThat(server.backend(first.getString("backend_id")).logLines())
                .filteredOn(line -> line.contains("restart"))
                .containsExactly("ends for a restart, since " + code.toRealPath() + " has changed");
        assertThat(process.isAlive()).isFalse();
        JsonObject second = http.connect("{\"key\":\"k\"}");
        assertThat(second.getBoolean("spawned")).isTrue();
        assertThat(process(second).isAlive()).isTrue();
    }

    @Test
    void recordsRequestsWithWhatBecameOfThem() {
        List<RecordedRequest> told = new CopyOnWriteArrayList<>();
        start(JamsocketDevServer.builder().launcher(java()).onRequest(told::add));
        JsonObject response = http.connect("{\"user\":\"ann\"}");
        get(response, "/a?b");
        http.get("/v2/backend/none/status", "x-own", "1", "x-own", "2");
        assertThat(server.requests())
                .extracting(RecordedRequest::method, RecordedRequest::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("POST", 200),
                        org.assertj.core.groups.Tuple.tuple("GET", 200),
                        org.assertj.core.groups.Tuple.tuple("GET", 404));
        assertThat(server.requests().get(0).body()).contains("ann");
        assertThat(server.requests().get(1).query()).isEqualTo("b");
        assertThat(server.requests().get(2).headers()).containsEntry("x-own", List.of("1", "2"));
        assertThat(server.requests().get(2).refusal()).contains("NotFound");
        assertThat(told).hasSize(3);
        assertThat(server.requests().get(1).toString()).doesNotContain(response.getString("token"));
        server.clearRequests();
        assertThat(server.requests()).isEmpty();
    }
}
