package com.jamsocket.internal.dev.api;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.BackendState;
import com.jamsocket.TerminationReason;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialect of Plane's controller. */
@Timeout(60)
class PlaneApiTest {

    private static final Instant TIME = Instant.ofEpochMilli(1730752941123L);
    private static final String SPAWN = "\"spawn_config\":{\"executable\":{\"image\":\"x\"}}";

    private JamsocketDevServer server;
    private Http http;

    @BeforeEach
    void start() {
        use(Lifecycle.manual());
    }

    private void use(Lifecycle lifecycle) {
        stop();
        server = JamsocketDevServer.builder()
                .lifecycle(lifecycle)
                .keepalive(Duration.ofMillis(20))
                .start();
        http = Http.of(server);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    // Connecting

    @Test
    void writesAllFieldsOfAnAnswerToConnect() {
        server.nextBackendId("k2h5xq0v9c1abc");
        String body = connect("{\"key\":{\"name\":\"doc/42\",\"namespace\":\"docs\",\"tag\":\"v1\"}," + SPAWN + "}")
                .body();
        JsonObject json = Json.readObject(body);
        String token = json.getString("token");

        assertThat(token).hasSize(43);
        assertThat(body)
                .isEqualTo("{\"backend_id\":\"k2h5xq0v9c1abc\",\"spawned\":true,\"status\":\"scheduled\",\"token\":\""
                        + token + "\",\"url\":\"" + server.connectionUrl() + token
                        + "/\",\"subdomain\":null,\"secret_token\":\""
                        + json.getString("secret_token") + "\",\"status_url\":\"" + server.url()
                        + "pub/b/k2h5xq0v9c1abc/status\",\"drone\":\"dr-dev\"}");

        server.moveTo("k2h5xq0v9c1abc", BackendState.ready(TIME));
        JsonObject held = Http.json(connect("{\"key\":{\"name\":\"doc/42\",\"namespace\":\"docs\",\"tag\":\"v1\"}}"));
        assertThat(held.getBoolean("spawned")).isFalse();
        assertThat(held.getString("status")).isEqualTo("ready");
        assertThat(held.isNull("drone")).isTrue();
        assertThat(held.getString("token")).isNotEqualTo(token);
    }

    @Test
    void takesTheIdAndTheSubdomainItIsGiven() {
        JsonObject json = Http.json(connect("{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"id\":\"mine\""
                + ",\"subdomain\":\"sub\",\"cluster\":null,\"lifetime_limit_seconds\":null}}"));
        assertThat(json.getString("backend_id")).isEqualTo("mine");
        assertThat(json.getString("subdomain")).isEqualTo("sub");
        error(500, "FailedToAcquireKey", connect("{\"spawn_config\":{\"executable\":{},\"id\":\"mine\"}}"));
    }

    @Test
    void decidesInTheOrderOfPlane() {
        error(409, "KeyUnheldNoSpawnConfig", connect("{\"key\":{\"name\":\"k\"}}"));
        String id = Http.json(connect("{\"key\":{\"name\":\"k\",\"tag\":\"a\"}," + SPAWN + "}"))
                .getString("backend_id");
        JsonObject held = error(409, "KeyHeld", connect("{\"key\":{\"name\":\"k\",\"tag\":\"b\"}," + SPAWN + "}"));
        assertThat(held.getString("message")).isEqualTo("Lock is held but tag does not match.");
        error(409, "KeyHeld", connect("{\"key\":{\"name\":\"k\"}}"));

        Http.json(http.post(drain("dr-dev"), ""));
        assertThat(Http.json(connect("{\"key\":{\"name\":\"k\",\"tag\":\"a\"}," + SPAWN + "}"))
                        .getString("backend_id"))
                .isEqualTo(id);
        error(409, "KeyUnheldNoSpawnConfig", connect("{}"));
        JsonObject none = error(500, "NoDroneAvailable", connect("{" + SPAWN + "}"));
        assertThat(none.getString("message")).isEqualTo("No active drone available.");
        assertThat(http.post("/v2/service/a/s/connect", "{}").statusCode()).isEqualTo(500);
        assertThat(server.spawnCount()).isEqualTo(1);
    }

    @Test
    void keepsTheKeysOfNamespacesApart() {
        for (String key : List.of("{\"name\":\"k\"}", "{\"name\":\"k\",\"namespace\":\"a/s\"}", "{\"name\":\"l\"}")) {
            assertThat(Http.json(connect("{\"key\":" + key + "," + SPAWN + "}")).getBoolean("spawned"))
                    .isTrue();
        }
        assertThat(Http.json(http.post("/v2/service/a/s/connect", "{\"key\":\"k\"}"))
                        .getBoolean("spawned"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"auth\":null}",
                "{\"auth\":[]}",
                "{\"key\":{\"name\":\"a\",\"tag\":null}}",
                "{\"key\":{\"name\":\"a\",\"namespace\":null}}",
                "{\"key\":{\"name\":null}}",
                "{\"key\":{}}",
                "{\"key\":\"a\"}",
                "{\"spawn_config\":{}}",
                "{\"spawn_config\":true}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"use_static_token\":null}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"pool\":null}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"id\":5}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"max_idle_seconds\":1.5}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"max_idle_seconds\":5.0}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"max_idle_seconds\":\"5\"}}",
                "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"lifetime_limit_seconds\":2147483648}}",
                "{\"user\":5}",
                "[]",
                "null"
            })
    void refusesRequestsOfTheWrongShape(String body) {
        HttpResponse<String> response = connect(body);
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
        assertThat(response.body()).startsWith("Failed to deserialize the JSON body into the target type: ");
        assertThat(server.spawnCount()).isZero();
    }

    @Test
    void namesWhatIsWrong() {
        assertThat(connect("{\"auth\":null}").body())
                .startsWith("Failed to deserialize the JSON body into the target type: auth: invalid type: null, "
                        + "expected a map");
        assertThat(http.post("/ctrl/b/revoke", "{\"backend_id\":5,\"user\":\"x\"}")
                        .body())
                .contains("type: backend_id: invalid type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "x"})
    void refusesWhatIsNoJson(String body) {
        HttpResponse<String> response = connect(body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("Failed to parse the request body as JSON");
    }

    @Test
    void takesJsonOnlyAsJson() {
        for (String path : List.of("/ctrl/connect", "/ctrl/b/revoke")) {
            HttpResponse<String> response = http.post(path, "{", "content-type", "text/plain");
            assertThat(response.statusCode()).isEqualTo(415);
            assertThat(response.body()).isEqualTo("Expected request with `Content-Type: application/json`");
            assertThat(http.method("POST", path).statusCode()).isEqualTo(415);
        }
        for (String type : List.of("application/json; charset=utf-8", "Application/merge-patch+JSON")) {
            error(409, "KeyUnheldNoSpawnConfig", http.post("/ctrl/connect", "{}", "content-type", type));
        }
    }

    @Test
    void failsWithNamesThatItsDatabaseWouldNotTake() {
        String tooLong = "x".repeat(256);
        for (String body : List.of("{\"user\":\"" + tooLong + "\"}", "{\"key\":{\"name\":\"a\\u0000b\"}}")) {
            assertThat(error(500, "Other", connect(body)).getString("message")).isEqualTo("Internal error.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42",
                "null",
                "{}",
                "{\"image\":5}",
                "{\"image\":\"x\",\"pull_policy\":\"never\"}",
                "{\"image\":\"x\",\"pull_policy\":5}",
                "{\"image\":\"x\",\"credentials\":\"u:p\"}",
                "{\"image\":\"x\",\"credentials\":{\"username\":5,\"password\":\"p\"}}",
                "{\"image\":\"x\",\"credentials\":{\"username\":\"u\",\"password\":5}}",
                "{\"image\":\"x\",\"resource_limits\":{\"cpu_period\":\"1\"}}",
                "{\"image\":\"x\",\"credentials\":{\"username\":\"u\"}}",
                "{\"image\":\"x\",\"env\":null}",
                "{\"image\":\"x\",\"env\":{\"A\":1}}",
                "{\"image\":\"x\",\"resource_limits\":null}",
                "{\"image\":\"x\",\"resource_limits\":{\"cpu_period\":1.5}}",
                "{\"image\":\"x\",\"mount\":5}",
                "{\"image\":\"x\",\"network_name\":5}"
            })
    void acceptsAndEndsWhatCannotBeStarted(String executable) throws Exception {
        use(Lifecycle.instant());
        String id = Http.json(connect("{\"spawn_config\":{\"executable\":" + executable + "}}"))
                .getString("backend_id");
        assertThat(statuses(id)).containsExactly("scheduled", "loading", "terminated");
        assertThat(http.get("/pub/b/" + id + "/status").body())
                .matches("\\{\"status\":\"terminated\",\"exit_error\":false,\"time\":[0-9]+}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"image\":\"x\",\"pull_policy\":\"Never\",\"credentials\":{\"username\":\"u\",\"password\":\"p\"},"
                        + "\"env\":{\"A\":\"b\"},\"resource_limits\":{\"cpu_period\":1000,\"cpu_time_limit\":null},"
                        + "\"mount\":true,\"network_name\":\"n\"}",
                "{\"image\":\"x\",\"pull_policy\":null,\"credentials\":null,\"env\":{},\"resource_limits\":{},"
                        + "\"mount\":\"path\",\"network_name\":null}",
                "{\"image\":\"x\",\"mount\":null,\"env\":{\"\":\"a\",\"A=B\":\"c\",\"PORT\":\"1\"}}",
                "{\"image\":\"x\",\"resource_limits\":{\"cpu_period\":0}}",
                "{\"image\":\"x\",\"mount\":false}"
            })
    void startsWhatCanBeStarted(String executable) {
        use(Lifecycle.instant());
        String id = Http.json(connect("{\"spawn_config\":{\"executable\":" + executable + "}}"))
                .getString("backend_id");
        assertThat(http.get("/pub/b/" + id + "/status").body()).contains("\"ready\"");
    }

    @Test
    void sweepsABackendThatIsIdle() throws Exception {
        use(Lifecycle.instant());
        String id = Http.json(connect("{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"max_idle_seconds\":1}}"))
                .getString("backend_id");
        eventually("it to be swept", () -> http.get("/pub/b/" + id + "/status")
                .body()
                .contains("\"termination_reason\":\"swept\",\"termination_kind\":\"soft\",\"exit_error\":false"));
    }

    // States

    static Stream<BackendStateAndJson> states() {
        return Stream.of(
                new BackendStateAndJson(BackendState.loading(TIME), "{\"status\":\"loading\",$}"),
                new BackendStateAndJson(BackendState.starting(TIME), "{\"status\":\"starting\",$}"),
                new BackendStateAndJson(BackendState.waiting(TIME), "{\"status\":\"waiting\",$}"),
                new BackendStateAndJson(BackendState.ready(TIME), "{\"status\":\"ready\",$}"),
                new BackendStateAndJson(
                        BackendState.terminating(TIME, TerminationReason.SWEPT),
                        "{\"status\":\"terminating\",\"termination_reason\":\"swept\","
                                + "\"termination_kind\":\"soft\",$}"),
                new BackendStateAndJson(
                        new BackendState.HardTerminating(TIME, "startuptimeout", null),
                        "{\"status\":\"hard-terminating\",\"termination_reason\":\"startuptimeout\","
                                + "\"termination_kind\":\"hard\",$}"),
                new BackendStateAndJson(
                        BackendState.Terminated.builder(TIME)
                                .reasonName("external")
                                .kindName("hard")
                                .build(),
                        "{\"status\":\"terminated\",\"termination_reason\":\"external\",\"termination_kind\":\"hard\","
                                + "\"exit_error\":false,$}"),
                new BackendStateAndJson(
                        BackendState.Terminated.builder(TIME).exitError(true).build(),
                        "{\"status\":\"terminated\",\"exit_error\":true,$}"),
                new BackendStateAndJson(
                        BackendState.terminated(TIME), "{\"status\":\"terminated\",\"exit_error\":false,$}"));
    }

    record BackendStateAndJson(BackendState state, String json) {
        String plane() {
            return json.replace("$", "\"time\":1730752941123");
        }
    }

    @ParameterizedTest
    @MethodSource("states")
    void writesStatesAsPlaneDoes(BackendStateAndJson golden) throws Exception {
        String id = spawn();
        server.moveTo(id, golden.state());
        HttpResponse<String> status = http.get("/pub/b/" + id + "/status");
        assertThat(status.body()).isEqualTo(golden.plane());
        try (RawClient client = stream(id, "Last-Event-ID: scheduled")) {
            client.head();
            assertThat(client.until("\n\n"))
                    .isEqualTo("data: " + golden.plane() + "\nid: "
                            + golden.state().statusName() + "\n\n");
        }
    }

    @Test
    void resumesAfterTheLastEventId() throws Exception {
        String id = spawn();
        server.moveTo(id, BackendState.waiting(TIME));
        server.moveTo(id, BackendState.ready(TIME));
        try (RawClient client = stream(id, "Last-Event-ID: waiting")) {
            client.head();
            assertThat(client.until("\n\n")).endsWith("id: ready\n\n");
        }
        for (String unknown : List.of("unknown", "7")) {
            try (RawClient client = stream(id, "Last-Event-ID: " + unknown)) {
                client.head();
                assertThat(client.until("\n\n")).endsWith("id: scheduled\n\n");
            }
        }
    }

    @Test
    void keepsStreamsAliveAndOpenAfterTheEnd() throws Exception {
        String id = spawn();
        server.moveTo(id, BackendState.terminated(TIME));
        try (RawClient client = stream(id)) {
            assertThat(client.head()).contains("content-type: text/event-stream", "cache-control: no-cache");
            client.until("id: terminated\n\n");
            assertThat(client.until(":\n\n:\n\n")).isEqualTo(":\n\n:\n\n");
        }
    }

    @Test
    void hasASilentStreamForABackendItDoesNotKnow() throws Exception {
        JsonObject error = error(404, "NotFound", http.get("/pub/b/unknown/status"));
        assertThat(error.getString("message")).isEqualTo("Backend does not exist");
        int others = server.connections();
        try (RawClient client = stream("unknown")) {
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(client.until(":\n\n:\n\n:\n\n")).isEqualTo(":\n\n:\n\n:\n\n");
        }
        eventually("the client to be missed", () -> server.connections() <= others);
    }

    @Test
    void sendsNoKeepaliveOnAStreamThatStalls() throws Exception {
        String id = spawn();
        server.inject(Fault.stall().at(Fault.Moment.BETWEEN_EVENTS));
        try (RawClient client = stream(id)) {
            client.until("id: scheduled\n\n");
            assertThat(client.isSilentFor(80)).isTrue();
        }
    }

    // The rest of the controller

    @Test
    void terminatesSoftlyAndHardAndKeepsQuietAboutTheEnded() {
        String id = spawn();
        assertThat(http.post("/ctrl/b/" + id + "/soft-terminate", "").body()).isEqualTo("null");
        assertThat(http.get("/pub/b/" + id + "/status").body()).contains("\"terminating\"");
        assertThat(http.post("/ctrl/b/" + id + "/hard-terminate", "ignored").body())
                .isEqualTo("null");
        assertThat(http.get("/pub/b/" + id + "/status").body()).contains("\"hard-terminating\"");
        server.moveTo(id, BackendState.terminated(TIME));
        assertThat(http.post("/ctrl/b/" + id + "/hard-terminate", "").body()).isEqualTo("null");
        error(404, "NotFound", http.post("/ctrl/b/unknown/soft-terminate", ""));
    }

    @Test
    void revokesTheTokensOfAUser() {
        JsonObject anns = Http.json(connect("{\"key\":{\"name\":\"k\"}," + SPAWN + ",\"user\":\"ann\"}"));
        JsonObject bobs = Http.json(connect("{\"key\":{\"name\":\"k\"},\"user\":\"bob\"}"));
        String id = anns.getString("backend_id");
        server.moveTo(id, BackendState.ready(TIME));
        for (int i = 0; i < 2; i++) {
            assertThat(http.post("/ctrl/b/revoke", "{\"backend_id\":\"" + id + "\",\"user\":\"ann\"}")
                            .body())
                    .isEqualTo("\"Token revoked successfully\"");
        }
        assertThat(http.get("/" + anns.getString("token") + "/").statusCode()).isEqualTo(410);
        assertThat(http.get("/" + bobs.getString("token") + "/").statusCode()).isEqualTo(200);
        assertThat(http.post("/ctrl/b/revoke", "{\"user\":\"ann\"}").statusCode())
                .isEqualTo(422);
        assertThat(http.post("/ctrl/b/revoke", "{\"user\":\"ann\",\"backend_id\":null}")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void showsAndDrainsItsDrone() {
        spawn();
        server.moveTo(spawn(), BackendState.terminated(TIME));
        JsonObject drone = drone();
        assertThat(drone.getBoolean("ready")).isTrue();
        assertThat(drone.getBoolean("draining")).isFalse();
        assertThat(drone.getInt("backend_count")).isEqualTo(1);
        assertThat(drone.getJsonObject("node").getJsonObject("name").getString("Drone"))
                .isEqualTo("dr-dev");

        assertThat(http.post(drain("dr-dev"), "").body()).isEqualTo("{\"updated\":true}");
        assertThat(http.post(drain("dr-dev"), "").body()).isEqualTo("{\"updated\":false}");
        assertThat(drone().getBoolean("draining")).isTrue();
        JsonObject error = error(404, "NotFound", http.post(drain("dr-none"), ""));
        assertThat(error.getString("message")).isEqualTo("Drone does not exist");
    }

    /** Plane names a cluster by the address of its connection URLs. */
    private String cluster() {
        return server.connectionUrl().getAuthority();
    }

    private String drain(String drone) {
        return "/ctrl/c/" + cluster() + "/d/" + drone + "/drain";
    }

    @Test
    void hasNoDroneInOtherClustersAndPools() {
        for (String place : List.of("\"cluster\":\"other.example\"", "\"pool\":\"gpu\"")) {
            error(500, "NoDroneAvailable", spawnIn(place));
        }
        assertThat(Http.json(spawnIn("\"cluster\":\"" + cluster() + "\",\"pool\":\"\""))
                        .getBoolean("spawned"))
                .isTrue();
        JsonObject state = Http.json(http.get("/ctrl/c/other.example/state"));
        assertThat(state.getJsonArray("drones")).isEmpty();
        assertThat(state.getJsonArray("proxies")).isEmpty();
        error(404, "NotFound", http.post("/ctrl/c/other.example/d/dr-dev/drain", ""));
        assertThat(drone().getBoolean("draining")).isFalse();
    }

    @Test
    void standsForTheClustersAndPoolsItIsGiven() {
        stop();
        server = JamsocketDevServer.builder()
                .clusters("other.example")
                .pools("gpu")
                .start();
        http = Http.of(server);
        assertThat(Http.json(spawnIn("\"cluster\":\"other.example\",\"pool\":\"gpu\""))
                        .getBoolean("spawned"))
                .isTrue();
        assertThat(Http.json(http.get("/ctrl/c/other.example/state")).getJsonArray("drones"))
                .hasSize(1);
    }

    private HttpResponse<String> spawnIn(String place) {
        return connect("{\"spawn_config\":{\"executable\":{\"image\":\"x\"}," + place + "}}");
    }

    @Test
    void cannotSpawnWhatIsTooLongForItsDatabase() {
        String body =
                "{\"key\":{\"name\":\"k\"},\"spawn_config\":{\"executable\":{\"image\":\"x\",\"env\":{\"A\":\"%s\"}}}}";
        assertThat(error(500, "Other", connect(body.formatted("x".repeat(8000))))
                        .getString("message"))
                .isEqualTo("Internal error.");
        Http.json(connect(body.formatted("x".repeat(7476))));
        assertThat(Http.json(connect(body.formatted("x".repeat(8000)))).getBoolean("spawned"))
                .isFalse();
    }

    @Test
    void breaksWithANegativeLifetime() throws Exception {
        String body = "{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"lifetime_limit_seconds\":-1}}";
        try (RawClient client = new RawClient(server).post("/ctrl/connect", body)) {
            assertThat(client.rest()).isEmpty();
        }
        assertThat(server.spawnCount()).isZero();
    }

    private JsonObject drone() {
        JsonObject state = Http.json(http.get("/ctrl/c/" + cluster() + "/state"));
        assertThat(state.getJsonArray("proxies")).hasSize(1);
        return state.getJsonArray("drones").getJsonObject(0);
    }

    @Test
    void tellsThatItIsWell() {
        assertThat(http.get("/pub/health").body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(http.get("/ctrl/status").body()).startsWith("{\"status\":\"ok\",\"version\":\"");
        assertThat(http.method("HEAD", "/pub/health").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /ctrl/connect, 405",
        "POST, /pub/health, 405",
        "PUT, /ctrl/b/x/soft-terminate, 405",
        "GET, /ctrl/nothing, 404",
        "GET, /pub/b/x, 404",
        "GET, /ctrl/c/x/d/dr-dev, 404"
    })
    void hasNoBodyForUnknownPathsAndMethods(String method, String path, int status) {
        HttpResponse<String> response = http.method(method, path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/../b",
                "a b",
                "A",
                "a\\r\\nx: y",
                "\u00e4",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void refusesIdsThatAreNone(String id) {
        HttpResponse<String> response =
                connect("{\"spawn_config\":{\"executable\":{\"image\":\"x\"},\"id\":\"" + id + "\"}}");
        assertThat(error(500, "Other", response).getString("message")).isEqualTo("Internal error.");
        assertThat(server.spawnCount()).isZero();
    }

    @Test
    void readsPercentEncodedPathsAndRefusesOthers() throws Exception {
        server.nextBackendId("a b");
        spawn();
        assertThat(http.get("/pub/b/a%20b/status").statusCode()).isEqualTo(200);
        for (String path : List.of("/pub/b/%zz/status", "/pub/b/%/status", "/pub/b/%4/status")) {
            try (RawClient client = new RawClient(server).get(path)) {
                assertThat(client.answer().status()).isEqualTo(404);
            }
        }
        assertInvalid("GET /pub/b/%FF/status", "backend");
        assertInvalid("POST /ctrl/b/a%c3/hard-terminate", "backend");
        assertInvalid("GET /ctrl/c/%FF/state", "cluster");
        assertInvalid("POST /ctrl/c/%FF/d/dr-x/drain", "cluster");
        assertInvalid("POST /ctrl/c/x/d/%FF/drain", "drone");
    }

    private void assertInvalid(String request, String part) throws IOException {
        try (RawClient client = new RawClient(server)) {
            RawClient.Response answer = client.send(request + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("Invalid URL: Invalid UTF-8 in `" + part + "`");
        }
    }

    @Test
    void answersHeadOfAStreamWithTheHeadOfAStreamAndGoesOn() throws IOException {
        String path = "/pub/b/" + spawn() + "/status";
        try (RawClient client = new RawClient(server)) {
            client.send("HEAD " + path + "-stream HTTP/1.1\r\nHost: localhost\r\n\r\nHEAD " + path
                    + "-stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(client.answerWithoutBody().headers())
                    .containsEntry("content-type", "text/event-stream")
                    .containsEntry("cache-control", "no-cache")
                    .doesNotContainKeys("content-length", "transfer-encoding", "connection");
            assertThat(client.answerWithoutBody().headers()).containsEntry("connection", "close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void letsPagesFromElsewhereSeeWhatIsPublicOnly() {
        String id = spawn();
        String origin = "access-control-allow-origin";
        for (String path : List.of("/pub/health", "/pub/b/" + id + "/status", "/pub/b/unknown/status")) {
            assertThat(http.get(path).headers().firstValue(origin)).hasValue("*");
        }
        HttpResponse<String> preflight = http.method("OPTIONS", "/pub/b/" + id + "/status");
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue(origin)).hasValue("*");
        assertThat(preflight.headers().firstValue("access-control-allow-methods"))
                .hasValue("GET,POST");
        assertThat(preflight.headers().firstValue("access-control-allow-headers"))
                .hasValue("content-type");
        assertThat(preflight.headers().firstValue("vary")).isPresent();
        HttpResponse<String> refused = http.method("OPTIONS", "/ctrl/connect");
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("allow")).hasValue("POST");
        assertThat(refused.headers().firstValue(origin)).isEmpty();
        assertThat(http.get("/ctrl/status").headers().firstValue(origin)).isEmpty();
        assertThat(connect("{" + SPAWN + "}").headers().firstValue(origin)).isEmpty();
    }

    @Test
    void showsOneStateInBothDialects() throws Exception {
        use(Lifecycle.timed(Duration.ofMillis(5)));
        String id = spawn();
        eventually("ready", () -> http.statusOf(id).equals("ready"));
        Http.json(http.post("/v2/backend/" + id + "/terminate", "{\"hard\":true}"));
        assertThat(statuses(id))
                .containsExactly(
                        "scheduled", "loading", "starting", "waiting", "ready", "hard-terminating", "terminated");
    }

    private String spawn() {
        return Http.json(connect("{" + SPAWN + "}")).getString("backend_id");
    }

    private HttpResponse<String> connect(String body) {
        return http.post("/ctrl/connect", body);
    }

    private RawClient stream(String id, String... headers) throws Exception {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return new RawClient(server).send("GET /pub/b/" + id + "/status-stream HTTP/1.0\r\n" + lines + "\r\n");
    }

    private List<String> statuses(String id) throws Exception {
        return Http.statuses(
                http.life("/pub/b/" + id + "/status-stream", "data: ").get(5, TimeUnit.SECONDS));
    }

    private static JsonObject error(int status, String kind, HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        JsonObject error = Json.readObject(response.body());
        assertThat(error.keySet()).containsExactly("id", "kind", "message");
        assertThat(error.getString("kind")).isEqualTo(kind);
        assertThat(error.getString("id")).matches("[a-z0-9]{14}");
        return error;
    }
}
