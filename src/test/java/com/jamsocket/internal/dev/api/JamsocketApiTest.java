package com.jamsocket.internal.dev.api;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.LaunchRequest;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.internal.wire.Json;
import com.jamsocket.testkit.Http;
import com.jamsocket.testkit.RawClient;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Jamsocket dialect. */
@Timeout(60)
class JamsocketApiTest {

    private static final Instant TIME = Instant.parse("2024-11-04T20:42:21.123Z");

    private JamsocketDevServer server;
    private Http http;

    @BeforeEach
    void start() {
        use(JamsocketDevServer.builder().lifecycle(Lifecycle.timed(Duration.ofMillis(5))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void use(JamsocketDevServer.Builder settings) {
        if (server != null) {
            server.close();
        }
        server = settings.start();
        http = Http.of(server);
    }

    private void useByHand() {
        use(JamsocketDevServer.builder().lifecycle(Lifecycle.manual()));
    }

    // Connecting

    @Test
    void startsABackendForARequestThatAsksForNothing() {
        server.nextBackendId("be1");
        JsonObject response = http.connect("{}");
        String token = response.getString("token");

        assertThat(response.keySet())
                .containsExactly(
                        "backend_id", "spawned", "status", "token", "url", "secret_token", "status_url", "ready_url");
        assertThat(response.getString("backend_id")).isEqualTo("be1");
        assertThat(response.getBoolean("spawned")).isTrue();
        assertThat(response.getString("status")).isEqualTo("scheduled");
        assertThat(response.getString("url")).isEqualTo(server.connectionUrl() + token + "/");
        assertThat(response.getString("status_url")).isEqualTo(server.url() + "v2/backend/be1/status");
        assertThat(response.getString("ready_url")).isEmpty();
        assertThat(response.getString("secret_token")).hasSize(43);
        assertThat(token).hasSize(43);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"spawn\":true}", "{\"spawn\":null}", "{\"unheard\":[1]}"})
    void spawnsForEachFormOfARequestWithoutKey(String body) {
        assertThat(http.connect(body).getBoolean("spawned")).isTrue();
    }

    @Test
    void returnsTheBackendThatHoldsTheKey() {
        String body = "{\"key\":\"doc/42 ü\"}";
        JsonObject first = http.connect(body);
        JsonObject second = http.connect(body);

        assertThat(second.getString("backend_id")).isEqualTo(first.getString("backend_id"));
        assertThat(second.getBoolean("spawned")).isFalse();
        assertThat(second.getString("token")).isNotEqualTo(first.getString("token"));
        assertThat(server.spawnCount()).isEqualTo(1);
        assertThat(http.connect("{\"key\":\"doc/42 ü\",\"spawn\":false}").getBoolean("spawned"))
                .isFalse();
    }

    @Test
    void refusesToFindABackendForAFreeKeyWithoutSpawning() {
        JsonObject error = error(409, http.post("/v2/service/acct/svc/connect", "{\"key\":\"free\",\"spawn\":false}"));

        assertThat(error.getString("code")).isEqualTo("KeyUnheldNoSpawnConfig");
        assertThat(server.backends()).isEmpty();
    }

    @Test
    void keepsTheKeysOfServicesApartAndThoseOfEnvironmentsTogether() {
        http.connect("{\"key\":\"k\"}");
        http.post("/v2/service/acct/other/connect", "{\"key\":\"k\"}");
        http.post("/v2/service/other/svc/connect", "{\"key\":\"k\"}");
        http.post("/v2/service/acct/svc/staging/connect", "{\"key\":\"k\"}");
        http.post("/v2/service/a%63ct/svc/connect", "{\"key\":\"k\"}");

        assertThat(server.spawnCount()).isEqualTo(3);
    }

    @Test
    void holdsAKeyUntilItsBackendHasEnded() throws Exception {
        useByHand();
        String first = http.connect("{\"key\":\"k\"}").getString("backend_id");
        terminate(first, true);
        JsonObject ending = http.connect("{\"key\":\"k\"}");
        assertThat(ending.getString("status")).isEqualTo("hard-terminating");
        assertThat(ending.getBoolean("spawned")).isFalse();

        server.moveTo(first, ended());
        assertThat(http.connect("{\"key\":\"k\"}").getString("backend_id")).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "\"x\"",
                "{\"key\":5}",
                "{\"user\":5}",
                "{\"auth\":[]}",
                "{\"auth\":null}",
                "{\"spawn\":{\"tag\":5}}",
                "{\"spawn\":{\"max_idle_seconds\":-1}}",
                "{\"spawn\":{\"lifetime_limit_seconds\":1.5}}",
                "{\"spawn\":{\"executable\":{\"env\":{\"A\":1}}}}"
            })
    void refusesABodyThatIsNoRequest(String body) {
        JsonObject error = error(400, http.post("/v2/service/acct/svc/connect", body));

        assertThat(error.getString("code")).isEqualTo("BadRequest");
        assertThat(error.getString("message")).isNotBlank();
        assertThat(server.spawnCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user\":\"\"}",
                "{\"user\":\" \"}",
                "{\"key\":\"\"}",
                "{\"key\":\" \"}",
                "{\"spawn\":\"yes\"}",
                "{\"spawn\":0}",
                "{\"spawn\":{\"tag\":\"\",\"cluster\":\"\"}}",
                "{\"spawn\":{\"lifetime_limit_seconds\":0,\"max_idle_seconds\":0}}",
                "{\"spawn\":{\"executable\":{\"env\":{\"PORT\":\"1\",\"SESSION_BACKEND_ID\":\"x\",\"\":\"y\"}}}}",
                "{\"spawn\":{\"executable\":{\"resource_limits\":{\"memory_limit_bytes\":0,\"cpu_period\":0}}}}"
            })
    void takesMistakesThatTheOriginalTakes(String body) {
        assertThat(http.connect(body).getBoolean("spawned")).isTrue();
    }

    @Test
    void makesOfMistakesWhatTheOriginalMakesOfThem() {
        useByHand();
        http.connect("{\"key\":\"\",\"user\":\" \",\"spawn\":{\"tag\":\"\",\"lifetime_limit_seconds\":0,\"executable\":"
                + "{\"env\":{\"PORT\":\"1\",\"A\":\"b\"},\"resource_limits\":{\"disk_limit_bytes\":0}}}}");
        LaunchRequest request = server.backends().get(0).request();
        assertThat(request.key()).isNull();
        assertThat(request.user()).isEqualTo(" ");
        assertThat(request.options().tag()).isNull();
        assertThat(request.options().env()).isEqualTo(Map.of("A", "b"));
        assertThat(request.lifetimeLimit()).isEqualTo(Duration.ZERO);
        assertThat(request.maxIdle()).isNull();

        http.connect("{\"key\":\"\"}");
        http.connect("{\"key\":\" \",\"spawn\":\"no\"}");
        assertThat(server.spawnCount()).isEqualTo(3);
        assertThat(http.connect("{\"key\":\" \"}").getBoolean("spawned")).isFalse();
    }

    @Test
    void endsABackendAtOnceThatMayLiveForNoTime() throws Exception {
        String id = http.connect("{\"spawn\":{\"lifetime_limit_seconds\":0}}").getString("backend_id");
        assertThat(lastOf(http.life(id)).getString("termination_reason")).isEqualTo("swept");
    }

    @Test
    void takesKeysOfUpTo128Characters() {
        String longest = "\uD83D\uDE00".repeat(128);
        assertThat(http.connect("{\"key\":\"" + longest + "\"}").getBoolean("spawned"))
                .isTrue();
        error(400, http.post("/v2/service/acct/svc/connect", "{\"key\":\"" + longest + "x\"}"));
    }

    @Test
    void asksForTheTokenWhereTheApiDoes() {
        use(JamsocketDevServer.builder().token("secret"));
        error(401, http.post("/v2/service/acct/svc/connect", "{}"));
        error(401, http.post("/v2/service/acct/svc/connect", "{}", "authorization", "Bearer wrong"));
        String id = Http.json(http.post("/v2/service/acct/svc/connect", "{}", "authorization", "Bearer secret"))
                .getString("backend_id");

        assertThat(http.get("/v2/backend/" + id + "/status").statusCode()).isEqualTo(200);
        assertThat(http.life(id)).isNotDone();
        error(401, http.post("/v2/backend/" + id + "/terminate", "{}"));
        assertThat(http.post("/v2/backend/" + id + "/terminate", "{}", "authorization", "Bearer secret")
                        .body())
                .isEqualTo("{\"status\":\"ok\"}");
    }

    // Routes

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v2", "/v2/backend/x", "/v2/service/a/s", "/v2/service/a/s/e/f/connect", "/auth"})
    void knowsNoOtherRoutes(String path) {
        HttpResponse<String> response = http.get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/service/a/s/connect",
        "POST, /v2/backend/x/status",
        "POST, /v2/backend/x/status/stream",
        "GET, /v2/backend/x/terminate"
    })
    void refusesOtherMethods(String method, String path) {
        error(405, http.method(method, path));
    }

    @ParameterizedTest
    @CsvSource({"GET, /v2/backend/%FF/status", "POST, /v2/service/%FF/s/connect", "GET, /v2/backend/%FF/status/stream"})
    void refusesPathsThatAreNoUtf8(String method, String path) throws IOException {
        try (RawClient client = new RawClient(server)) {
            client.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(400);
        }
    }

    @Test
    void knowsNothingOfBackendsItHasNot() {
        for (String path : List.of("/v2/backend/x/status", "/v2/backend/x/status/stream")) {
            JsonObject error = error(404, http.get(path));
            assertThat(error.getString("code")).isEqualTo("NotFound");
            assertThat(error.getString("message")).isEqualTo("Backend does not exist");
            assertThat(error.getString("id")).isNotBlank();
        }
        error(404, http.post("/v2/backend/x/terminate", "{}"));
    }

    @Test
    void ignoresTheCacheBustersOfTheJavaScriptSdk() throws Exception {
        useByHand();
        JsonObject response = Http.json(http.post("/v2/service/acct/svc/connect?k3j9x0q1z", "{}"));
        String id = response.getString("backend_id");

        assertThat(http.get("/v2/backend/" + id + "/status?abc").statusCode()).isEqualTo(200);
        assertThat(http.lines("/v2/backend/" + id + "/status/stream?abc")
                        .get(5, TimeUnit.SECONDS)
                        .findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains("scheduled"));
    }

    @Test
    void letsPagesFromEverywhereSeeHowABackendIs() throws IOException {
        String id = http.spawn();
        String status = "/v2/backend/" + id + "/status";
        for (HttpResponse<String> response : List.of(http.get(status), http.get("/v2/backend/x/status"))) {
            assertThat(response.headers().firstValue("access-control-allow-origin"))
                    .hasValue("*");
        }
        String connect = "/v2/service/acct/svc/connect";
        assertThat(http.post(connect, "{}").headers().firstValue("access-control-allow-origin"))
                .isEmpty();
        HttpResponse<String> preflight = http.method("OPTIONS", connect);
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().map())
                .containsKey("access-control-allow-origin")
                .doesNotContainKeys("access-control-allow-methods", "access-control-allow-headers");
        try (RawClient client = new RawClient(server).get(status + "/stream")) {
            assertThat(client.head())
                    .contains(
                            "access-control-allow-origin: *",
                            "content-type: text/event-stream",
                            "cache-control: no-cache");
        }
    }

    @Test
    void answersHeadWithTheHeadAlone() throws IOException {
        String path = "/v2/backend/" + http.spawn() + "/status";
        try (RawClient client = new RawClient(server)) {
            client.send("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            RawClient.Response head = client.answerWithoutBody();
            assertThat(head.headers()).containsEntry("content-type", "application/json");
            assertThat(Integer.parseInt(head.headers().get("content-length"))).isPositive();

            client.send("HEAD " + path + "/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.answerWithoutBody().headers()).containsEntry("content-type", "text/event-stream");
            assertThat(client.get(path).answer().status()).isEqualTo(200);
        }
    }

    // A backend's life

    @Test
    void leadsABackendThroughItsWholeLifeInOrder() throws Exception {
        Instant before = Instant.now().minusMillis(1);
        String id = http.spawn();
        CompletableFuture<List<JsonObject>> life = http.life(id);
        eventually("ready", () -> http.statusOf(id).equals("ready"));
        terminate(id, false);
        List<JsonObject> states = life.get(5, TimeUnit.SECONDS);

        assertThat(Http.statuses(states))
                .containsExactly("scheduled", "loading", "starting", "waiting", "ready", "terminating", "terminated");
        assertThat(states.stream().map(state -> Instant.parse(state.getString("time"))))
                .isSorted()
                .allSatisfy(time -> assertThat(time).isBetween(before, Instant.now()));
        assertThat(states.get(5).toString())
                .matches("\\{\"status\":\"terminating\",\"time\":\"[^\"]+\"" + ",\"termination_reason\":\"external\"}");
        assertThat(states.get(6).getString("termination_reason")).isEqualTo("external");
        assertThat(states.get(6).getString("termination_kind")).isEqualTo("soft");
        assertThat(states.get(6).containsKey("exit_error")).isFalse();
    }

    @Test
    void hasBackendsReadyAtOnceIfAskedTo() {
        use(JamsocketDevServer.builder().lifecycle(Lifecycle.instant()));
        String id = http.spawn();
        assertThat(http.statusOf(id)).isEqualTo("ready");
        terminate(id, true);
        assertThat(http.statusOf(id)).isEqualTo("terminated");
        assertThat(statusesOf(id))
                .containsExactly(
                        BackendStatus.SCHEDULED,
                        BackendStatus.LOADING,
                        BackendStatus.STARTING,
                        BackendStatus.WAITING,
                        BackendStatus.READY,
                        BackendStatus.HARD_TERMINATING,
                        BackendStatus.TERMINATED);
    }

    @Test
    void escalatesASoftEndToAHardOne() throws Exception {
        useByHand();
        String id = http.spawn();
        CompletableFuture<List<JsonObject>> life = http.life(id);
        terminate(id, false);
        terminate(id, true);
        server.backend(id).advanceTo(BackendStatus.TERMINATED);
        List<JsonObject> states = life.get(30, TimeUnit.SECONDS);

        assertThat(Http.statuses(states)).endsWith("terminating", "hard-terminating", "terminated");
        assertThat(states.get(states.size() - 1).getString("termination_kind")).isEqualTo("hard");
    }

    @Test
    void saysThatAnEndedBackendIsNotRunning() throws Exception {
        useByHand();
        String id = http.spawn();
        terminate(id, false);
        terminate(id, false);
        server.moveTo(id, ended());

        JsonObject error = error(400, http.post("/v2/backend/" + id + "/terminate", "{\"hard\":true}"));
        assertThat(error.getString("code")).isEqualTo("BackendNotRunning");
        assertThat(http.statusOf(id)).isEqualTo("terminated");
    }

    @Test
    void takesTerminationWithoutBodyAsSoftAndRefusesNonsense() {
        useByHand();
        String soft = http.spawn();
        Http.json(http.post("/v2/backend/" + soft + "/terminate", ""));
        assertThat(http.statusOf(soft)).isEqualTo("terminating");

        String untouched = http.spawn();
        error(400, http.post("/v2/backend/" + untouched + "/terminate", "{\"hard\":"));
        assertThat(http.statusOf(untouched)).isEqualTo("scheduled");
    }

    @Test
    void sweepsBackendsThatAreIdleOrTooOld() throws Exception {
        String idle = http.connect("{\"spawn\":{\"max_idle_seconds\":1}}").getString("backend_id");
        String old = http.connect("{\"spawn\":{\"lifetime_limit_seconds\":1}}").getString("backend_id");
        String lasting = http.connect("{\"spawn\":{}}").getString("backend_id");

        for (String id : List.of(idle, old)) {
            JsonObject last = lastOf(http.life(id));
            assertThat(last.getString("termination_reason")).isEqualTo("swept");
            assertThat(last.getString("termination_kind")).isEqualTo("soft");
        }
        assertThat(http.statusOf(lasting)).isEqualTo("ready");
    }

    // Streams

    @Test
    void framesEventsAsTheDevServerDoes() throws Exception {
        useByHand();
        String id = http.spawn();
        server.moveTo(id, BackendState.loading(TIME));
        int others = server.connections();
        try (RawClient client = new RawClient(server)) {
            client.send("GET /v2/backend/" + id + "/status/stream HTTP/1.0\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(client.until("\n\n")).startsWith("data:{\"status\":\"scheduled\",\"time\":\"");
            assertThat(client.until("\n\n"))
                    .isEqualTo("data:{\"status\":\"loading\",\"time\":\"2024-11-04T20:42:21.123Z\"}\n\n");
            server.moveTo(id, ended());
            assertThat(client.until("\n\n")).contains("terminated");
            // It stays open, and sends nothing of its own.
            assertThat(client.isSilentFor(50)).isTrue();
        }
        eventually("the server to notice", () -> server.connections() <= others);
    }

    @Test
    void tellsWholeLivesToWhoeverJoinsWhenever() throws Exception {
        useByHand();
        String id = http.spawn();
        List<BackendState> states = List.of(
                BackendState.loading(TIME),
                BackendState.starting(TIME),
                BackendState.waiting(TIME),
                BackendState.ready(TIME),
                BackendState.terminating(TIME, com.jamsocket.TerminationReason.EXTERNAL),
                BackendState.hardTerminating(TIME, com.jamsocket.TerminationReason.EXTERNAL),
                ended());
        List<CompletableFuture<List<JsonObject>>> lives = new CopyOnWriteArrayList<>();
        Thread joining = new Thread(() -> {
            for (int i = 0; i < 120; i++) {
                lives.add(http.life(id));
            }
        });
        joining.start();
        for (int i = 0; i < states.size(); i++) {
            int joined = 15 * (i + 1);
            eventually("more to join", () -> lives.size() >= joined);
            server.moveTo(id, states.get(i));
        }
        joining.join();

        assertThat(lives).hasSize(120).allSatisfy(life -> assertThat(Http.statuses(life.get(10, TimeUnit.SECONDS)))
                .containsExactly(
                        "scheduled",
                        "loading",
                        "starting",
                        "waiting",
                        "ready",
                        "terminating",
                        "hard-terminating",
                        "terminated"));
    }

    @Test
    void dropsAClientThatNeverReads() throws Exception {
        useByHand();
        String id = http.spawn();
        String megabyte = "{\"status\":\"odd\",\"time\":1,\"x\":\"" + "x".repeat(1 << 20) + "\"}";
        int others = server.connections();
        try (RawClient client = new RawClient(server).get("/v2/backend/" + id + "/status/stream")) {
            client.head();
            int sent = 0;
            while (server.connections() > others) {
                server.moveTo(id, BackendState.unknown(TIME, "odd", megabyte));
                assertThat(sent++).isLessThan(40);
            }
            assertThat(sent).isGreaterThan(3);
        }
    }

    private void terminate(String id, boolean hard) {
        Http.json(http.post("/v2/backend/" + id + "/terminate", "{\"hard\":" + hard + "}"));
    }

    private List<BackendStatus> statusesOf(String id) {
        return server.backends().stream()
                .filter(backend -> backend.id().equals(id))
                .flatMap(backend -> backend.history().stream())
                .map(BackendState::status)
                .toList();
    }

    private static JsonObject lastOf(CompletableFuture<List<JsonObject>> life) throws Exception {
        List<JsonObject> states = life.get(10, TimeUnit.SECONDS);
        return states.get(states.size() - 1);
    }

    private static BackendState ended() {
        return BackendState.Terminated.builder(TIME)
                .reasonName("external")
                .kindName("hard")
                .build();
    }

    private static JsonObject error(int status, HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(status);
        JsonObject error = Json.readObject(response.body()).getJsonObject("error");
        assertThat(error.getInt("status")).isEqualTo(status);
        return error;
    }
}
