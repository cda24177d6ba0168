package com.jamsocket.servers;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.PlaneControl;
import com.jamsocket.dev.BackendSnapshot;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.RecordedRequest;
import com.jamsocket.testkit.Promptness;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every server is asked. The application runs there; the development server that it talks to runs here. What a
 * server has, and others have not, is told by system properties, so that each difference is a promise too.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class ServerQuestions {

    private static final List<String> TO_READY = List.of("scheduled", "loading", "starting", "waiting", "ready");

    private static final int CALLERS_IN_AN_OUTAGE = 40;

    private static JamsocketDevServer backends;

    private DeployedApplication application;

    /** Where the application is, ending in a slash. */
    protected abstract URI applicationUrl();

    @BeforeAll
    static void startBackends() {
        backends = JamsocketDevServer.builder()
                .port(Integer.getInteger("dev.port"))
                .clusters("rooms.example")
                .start();
    }

    @AfterAll
    static void stopBackends() {
        backends.close();
    }

    @BeforeEach
    void find() {
        application = new DeployedApplication(applicationUrl().resolve("api/"));
    }

    @Test
    void connectsWithTheDefaultClientAndWritesTheAnswerWithItsOwnJson() {
        JsonObject first = application.post("documents/plan/connection");
        JsonObject again = application.post("documents/plan/connection");

        BackendSnapshot backend = backend(id(first));
        assertThat(backend.key()).isEqualTo("plan");
        assertThat(first)
                .containsOnlyKeys(
                        "backend_id", "spawned", "status", "token", "url", "secret_token", "status_url", "ready_url")
                .containsEntry("spawned", JsonValue.TRUE)
                .containsEntry("status", Json.createValue("scheduled"));
        assertThat(first.getString("url"))
                .startsWith(backends.connectionUrl().toString())
                .contains(first.getString("token"))
                .endsWith("/");
        assertThat(id(again)).isEqualTo(id(first));
        assertThat(again.getBoolean("spawned")).isFalse();
    }

    @Test
    void readsARequestWithItsOwnJson() {
        JsonObject backend = application.post(
                "documents",
                """
                {"key": "letter", "user": "ann", "spawn": {"max_idle_seconds": 60}}""");

        assertThat(backend(id(backend)).key()).isEqualTo("letter");
        assertThat(backend(id(backend)).user()).isEqualTo("ann");
    }

    @Test
    void saysWhatTheClientIsDoing() {
        String id = id(application.post("documents/busy/connection"));

        // Its observers follow the backend.
        eventually("a followed backend", () -> diagnostics().matches(".*followedBackends=[1-9].*"));
        assertThat(diagnostics()).contains("server=http://localhost:" + backends.port(), "isClosed=false");
        application.delete("backends/" + id);
    }

    private String diagnostics() {
        return application.answer("server/diagnostics").body();
    }

    @Test
    void connectsWithoutBlocking() {
        JsonObject backend = application.post("documents/song/connection/async");

        assertThat(backend(id(backend)).key()).isEqualTo("song");
    }

    @Test
    void writesAStateWithItsOwnJson() {
        String id = id(application.post("documents/state/connection"));
        String time = backend(id).history().get(0).time().toString();

        JsonObject ready = application.get("backends/" + id + "/ready").asJsonObject();
        JsonObject ended = application.delete("backends/" + id);

        assertThat(ready).containsOnlyKeys("status", "time");
        assertThat(ready.getString("status")).isEqualTo("ready");
        assertThat(application.get("backends/" + id + "/status")).isEqualTo(ended);
        assertThat(ended)
                .containsEntry("status", Json.createValue("terminated"))
                .containsEntry("termination_reason", Json.createValue("external"));
        JsonArray history = observed(id, "history", states -> states.size() == 7);
        JsonObject scheduled = Json.createObjectBuilder()
                .add("status", "scheduled")
                .add("time", time)
                .build();
        if (Boolean.getBoolean("server.lists-of-states")) {
            assertThat(history).startsWith(scheduled).endsWith(ended);
        } else {
            // Jersey and RESTEasy do not tell Yasson the type of the elements; then it passes over their annotations.
            assertThat(history)
                    .startsWith(Json.createObjectBuilder().add("time", time).build());
        }
    }

    @Test
    void observersHearEachStateOnceAndInOrder() {
        String id = id(application.post("documents/life/connection"));
        application.get("backends/" + id + "/ready");
        application.post("documents/life/connection");
        application.delete("backends/" + id);

        JsonArray heard = observed(
                id,
                "observed",
                all -> statuses(all, "later").contains("terminated")
                        && !statuses(all, "end").isEmpty());

        List<String> life = Stream.concat(TO_READY.stream(), Stream.of("terminating", "terminated"))
                .toList();
        assertThat(statuses(heard, "any")).isEqualTo(life);
        assertThat(statuses(heard, "later")).isEqualTo(life);
        assertThat(statuses(heard, "ready")).containsExactly("ready");
        assertThat(statuses(heard, "lobby")).isEmpty();
        assertThat(statuses(heard, "unnamed")).isEqualTo(life);
        assertThat(statuses(heard, "rooms")).isEmpty();
        assertThat(statuses(heard, "end")).containsExactly("Terminated");
        assertThat(statuses(heard, "misled")).isEmpty();
        assertThat(statuses(heard, "roomStates")).isEmpty();
        assertThat(statuses(heard, "roomEnds")).isEmpty();
    }

    @Test
    void anEventKnowsItsBackend() {
        String id = id(application.post("documents", "{\"key\": \"known\", \"user\": \"ann\"}"));
        JsonArray heard =
                observed(id, "observed", all -> statuses(all, "unnamed").contains("ready"));

        assertThat(known(heard, "unnamed")).containsOnly("known of ann {} started here");
    }

    @Test
    void labelsAreKnownToObserversAndNeverSent() {
        String id = id(application.post("documents/labelled/connection"));
        JsonArray heard =
                observed(id, "observed", all -> statuses(all, "unnamed").contains("ready"));

        assertThat(known(heard, "unnamed")).containsOnly("labelled of null {kind=document} started here");
        assertThat(requests("/connect", "labelled")).singleElement().satisfies(request -> assertThat(request.body())
                .doesNotContain("kind"));
    }

    @ParameterizedTest
    @CsvSource({"nobody, Forgotten", "refused, Failed"})
    void anEndIsToldByItsKind(String id, String how) {
        backends.inject(Fault.answer(403).on(Fault.Endpoint.STATUS).forBackend("refused"));

        assertThat(application.answer("POST", "followed/" + id)).isEqualTo("true");

        JsonArray heard = observed(id, "observed", all -> !statuses(all, "end").isEmpty());
        assertThat(statuses(heard, "end")).containsExactly(how);
        assertThat(heard).hasSize(1);
    }

    @Test
    void aBackendWhoseDroneIsLostHasAnEndOfItsKind() {
        String id = id(application.post("documents/adrift/connection"));

        assertThat(application.answer("POST", "followed/" + id + "/on/dr-gone")).isEqualTo("true");

        JsonArray heard =
                observed(id, "observed", all -> !statuses(all, "roomEnds").isEmpty());
        assertThat(statuses(heard, "roomEnds")).containsExactly("DroneLost");
        application.delete("backends/" + id);
    }

    /** What an outage of the server of backends looks like. */
    private enum Outage {
        REFUSED(Fault.refuse()),
        BLACK_HOLE(Fault.stall()),
        UNAVAILABLE(Fault.answer(503));

        private final Fault fault;

        Outage(Fault fault) {
            this.fault = fault.on(Fault.Endpoint.CONNECT).times(CALLERS_IN_AN_OUTAGE * 1000);
        }
    }

    /**
     * Where more requests are worked on at once than may wait, which a server with few threads never has. Late, for
     * what was under way in an outage goes on for a while.
     */
    @ParameterizedTest
    @EnumSource
    @EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
    @Order(Integer.MAX_VALUE - 1)
    void anOutageLeavesTheServerItsThreads(Outage outage) throws Exception {
        int mayWait = 8;
        Queue<Integer> answers = new ConcurrentLinkedQueue<>();
        backends.inject(outage.fault);
        for (int i = 0; i < CALLERS_IN_AN_OUTAGE; i++) {
            var unused = application
                    .begin("POST", "documents/outage-" + outage + i + "/connection")
                    .thenAccept(answer -> answers.add(answer.statusCode()));
        }
        try {
            eventually("callers are let go", () -> answers.size() >= CALLERS_IN_AN_OUTAGE - mayWait);

            Promptness.fastestIsWithin(
                    Duration.ofMillis(100),
                    () -> Promptness.of(() -> assertThat(application
                                    .answer("watched/session-backend.js")
                                    .statusCode())
                            .isEqualTo(200)));
            assertThat(answers).allMatch(status -> status >= 500);
        } finally {
            backends.clearFaults();
        }
        eventually(
                "calls succeed again",
                Duration.ofSeconds(90),
                () -> application
                        .begin("POST", "documents/after-" + outage + "/connection")
                        .join()
                        .statusCode(),
                status -> status == 200);
    }

    /** The last one, for nothing is started on a drone that is being drained. */
    @Test
    @Order(Integer.MAX_VALUE)
    void tellsThatADroneIsBeingDrained() {
        String id = id(application.post("rooms/drained/connection"));
        JsonArray heard = observed(id, "observed", all -> statuses(all, "rooms").contains("ready"));
        String drone = known(heard, "rooms").get(0);

        try (PlaneControl control = PlaneControl.of(backends.url())) {
            control.drain("rooms.example", drone);
        }

        heard = observed(id, "observed", all -> !statuses(all, "draining").isEmpty());
        assertThat(statuses(heard, "draining")).containsExactly(drone);
        assertThat(statuses(heard, "roomEnds")).isEmpty();
    }

    @Test
    void tellsAheadOfALifetimeLimit() {
        // No more than the notice, so at once.
        String id =
                id(application.post("documents", "{\"key\": \"brief\", \"spawn\": {\"lifetime_limit_seconds\": 60}}"));

        JsonArray heard =
                observed(id, "observed", all -> !statuses(all, "expiring").isEmpty());
        assertThat(statuses(heard, "expiring")).containsExactly("brief");
        application.delete("backends/" + id);
    }

    @Test
    void followsWhatTheApplicationKnowsAndLeavesIt() {
        // Another client has started it, and follows it too.
        String id = id(application.post("rooms/followed/connection"));

        assertThat(application.answer("POST", "followed/" + id)).isEqualTo("true");
        JsonArray heard =
                observed(id, "observed", all -> statuses(all, "unnamed").contains("ready"));
        assertThat(statuses(heard, "unnamed")).isEqualTo(TO_READY);
        assertThat(known(heard, "unnamed").get(0)).isEqualTo("known of null {from=a table} history");
        assertThat(application.answer("GET", "followed/" + id)).isEqualTo("true");
        assertThat(application.answer("POST", "followed/" + id)).isEqualTo("false");

        assertThat(application.answer("DELETE", "followed/" + id)).isEqualTo("true");
        heard = observed(id, "observed", all -> !statuses(all, "end").isEmpty());
        assertThat(statuses(heard, "end")).containsExactly("Closed");
        assertThat(application.answer("GET", "followed/" + id)).isEqualTo("false");
    }

    @Test
    void codeOfTheApplicationSetsOneClientUp() {
        application.post("documents/set-up/connection");
        application.post("documents/set-up/connection");
        // Then the secret is read again.
        backends.inject(Fault.answer(401).on(Fault.Endpoint.CONNECT));
        application.post("documents/set-up/connection");
        application.post("rooms/set-up/connection");

        List<String> secrets = requests("/connect", "set-up")
                .map(request -> request.headers().getOrDefault("x-secret", List.of("none")))
                .map(values -> values.get(0))
                .toList();
        assertThat(secrets).hasSize(5).last().isEqualTo("none");
        String first = secrets.get(0);
        String second = secrets.get(3);
        assertThat(secrets).startsWith(first, first, first, second);
        assertThat(first).startsWith("secret ");
        assertThat(second).startsWith("secret ").isNotEqualTo(first);
    }

    private static Stream<RecordedRequest> requests(String path, String body) {
        return backends.requests().stream()
                .filter(request ->
                        request.path().endsWith(path) && request.body().contains(body));
    }

    @Test
    void callsAreInTheFlightRecorder() {
        String id = id(application.post("documents/recorded/connection"));

        String events = application.answer("POST", "server/recorded/" + id);

        assertThat(events)
                .contains(Boolean.getBoolean("server.hides-flight-recorder") ? "hidden" : "com.jamsocket.Call");
    }

    @Test
    void aNamedClientHasSettingsOfItsOwnAndObserversOfOneBackendHearItsBackend() {
        JsonObject backend = application.post("rooms/lobby/connection");

        assertThat(id(backend)).isEqualTo("lobby");
        assertThat(backend.getString("status_url")).contains("/pub/b/lobby/status");
        JsonArray heard = observed(
                "lobby",
                "observed",
                all -> statuses(all, "later").contains("ready")
                        && statuses(all, "rooms").contains("ready"));
        assertThat(statuses(heard, "rooms")).isEqualTo(TO_READY);
        assertThat(statuses(heard, "roomStates")).isEqualTo(TO_READY);
        assertThat(statuses(heard, "misled")).isEmpty();
        assertThat(statuses(heard, "unnamed")).isEmpty();
        assertThat(statuses(heard, "lobby")).isEqualTo(TO_READY);
        assertThat(statuses(heard, "any")).isEqualTo(TO_READY);
    }

    @Test
    void aClientMayHaveAServerThatIsEmbeddedInTheApplication() {
        JsonObject backend = application.post("scratch/sketch/connection");
        JsonObject again = application.post("scratch/sketch/connection");

        assertThat(id(again)).isEqualTo(id(backend));
        assertThat(again.getBoolean("spawned")).isFalse();
        assertThat(backends.backends()).extracting(BackendSnapshot::key).doesNotContain("sketch");
        URI url = URI.create(backend.getString("url"));
        assertThat(url.getPort()).isNotEqualTo(backends.connectionUrl().getPort());
        JsonArray heard =
                observed(id(backend), "observed", all -> statuses(all, "later").contains("ready"));
        assertThat(statuses(heard, "any")).isEqualTo(TO_READY);
        HttpResponse<String> page = application.answer(url.toString());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("backend " + id(backend));
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "thread"})
    void observersFindTheirApplicationAroundThem(String caller) {
        String path = caller.equals("thread") ? "connection/thread" : "connection";
        String id = id(application.post("documents/place-of-" + caller + "/" + path));

        JsonArray heard = observed(id, "observed", all -> statuses(all, "later").contains("ready"));

        boolean managed = Boolean.getBoolean("server.managed-executors");
        assertThat(heard.getValuesAs(JsonObject.class)).allSatisfy(observation -> {
            assertThat(observation.getBoolean("applicationLoader"))
                    .as("class loader")
                    .isTrue();
            assertThat(observation.getBoolean("requestContext"))
                    .as("request context")
                    .isTrue();
            if (managed) {
                assertThat(observation.getString("module", "none"))
                        .as("naming context")
                        .isEqualTo(System.getProperty("server.module", "documents"));
                assertThat(observation.getString("thread")).doesNotStartWith("jamsocket-");
            } else {
                assertThat(observation.getString("thread")).startsWith("jamsocket-");
            }
        });
    }

    @Test
    void continuationsFindTheirApplicationAroundThem() {
        JsonObject observation = application.post("documents/further/connection/continued");

        assertThat(observation.getBoolean("applicationLoader"))
                .as("class loader")
                .isTrue();
        if (Boolean.getBoolean("server.managed-executors")) {
            assertThat(observation.getString("module", "none"))
                    .as("naming context")
                    .isEqualTo(System.getProperty("server.module", "documents"));
        }
    }

    @Test
    void bringsWhatItIsKnownFor() {
        JsonObject found = application.get("server").asJsonObject();

        System.out.println("This server brings " + found);
        assertThat(found.getString("restClient")).contains(System.getProperty("server.rest-client"));
        assertThat(found.getString("jsonb")).contains(System.getProperty("server.jsonb"));
        assertThat(!found.getString("config").equals("none"))
                .as("MicroProfile Config: %s", found.getString("config"))
                .isEqualTo(Boolean.getBoolean("server.microprofile-config"));
        assertThat(!found.getString("managedExecutor").equals("none"))
                .as("managed executors: %s", found.getString("managedExecutor"))
                .isEqualTo(Boolean.getBoolean("server.managed-executors"));
    }

    /** Classes for an API are in the jar, which servers scan, whether there is that API or not. */
    @Test
    @EnabledIfSystemProperty(named = "server.log", matches = ".+", disabledReason = "no log of its own")
    void saysNothingOfApisThatAreAbsent() throws IOException {
        Path log = Path.of(System.getProperty("server.home"), System.getProperty("server.log"));

        assertThat(log).isNotEmptyFile();
        assertThat(Files.readAllLines(log))
                .noneMatch(line -> line.contains("com.jamsocket.observe") || line.contains("com/jamsocket/observe"));
    }

    @Test
    @EnabledIfSystemProperty(named = "server.log", matches = ".+", disabledReason = "no log of its own")
    void saysAtTheStartThatAnObserverIsNeverCalled() throws IOException {
        Path log = Path.of(System.getProperty("server.home"), System.getProperty("server.log"));

        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains("JAMSOCKET-102") && line.contains("@FromClient"));
    }

    @Test
    void givesApplicationsItsOwnEventSource() {
        assertThat(application.get("server").asJsonObject().getString("eventSource"))
                .isNotEqualTo("none")
                .doesNotStartWith("com.jamsocket.");
    }

    @Test
    void tellsBrowsersByWayOfTheApplicationHowABackendIs() {
        String id = id(application.post("documents/seen/connection"));
        CompletableFuture<List<String>> events = application.events("watched/" + id + "/status/stream");
        application.get("backends/" + id + "/ready");
        JsonObject ready = application.get("watched/" + id + "/status").asJsonObject();
        application.delete("backends/" + id);

        assertThat(ready.getString("status")).isEqualTo("ready");
        List<String> life = Stream.concat(TO_READY.stream(), Stream.of("terminating", "terminated"))
                .toList();
        assertThat(events).succeedsWithin(Duration.ofSeconds(60)).satisfies(lines -> assertThat(
                        lines.stream().filter(line -> line.startsWith("id:")).map(line -> line.substring(3)
                                .strip()))
                .isEqualTo(life));
    }

    @Test
    void answersFailuresOfTheClientAsProblems() {
        HttpResponse<String> unknown = application.answer("watched/none/status");
        HttpResponse<String> thrown = application.answer("backends/none/ready");

        for (HttpResponse<String> problem : List.of(unknown, thrown)) {
            assertThat(problem.statusCode()).isEqualTo(404);
            assertThat(problem.headers().firstValue("content-type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            assertThat(problem.body()).contains("\"code\":\"backend-not-found\"");
        }
        assertThat(application.answer("watched/forbidden/status").statusCode()).isEqualTo(403);
        assertThat(application.answer("watched/forbidden/status/stream").statusCode())
                .isEqualTo(403);
    }

    @Test
    void tellsProxiesNotToHoldEventsBack() {
        String id = id(application.post("documents/passed-on/connection"));

        HttpHeaders heads = application.headers("watched/" + id + "/status/stream");

        assertThat(heads.firstValue("x-accel-buffering")).hasValue("no");
        assertThat(heads.firstValue("cache-control")).hasValue("no-cache, no-transform");
    }

    @Test
    void servesNothingThatTheApplicationHasNotMounted() {
        assertThat(application.answer("session-backend.js").statusCode()).isEqualTo(404);
        assertThat(application.answer("b1/status").statusCode()).isEqualTo(404);
    }

    @Test
    void servesTheModuleForPages() {
        HttpResponse<String> module = application.answer("watched/session-backend.js");

        assertThat(module.statusCode()).isEqualTo(200);
        assertThat(module.headers().firstValue("etag")).isPresent();
        assertThat(module.body()).contains("export class SessionBackend");
    }

    private static BackendSnapshot backend(String id) {
        return backends.backends().stream()
                .filter(backend -> backend.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private JsonArray observed(String id, String what, Predicate<JsonArray> complete) {
        return eventually(
                what + " of " + id,
                Duration.ofSeconds(60),
                () -> application.get("backends/" + id + "/" + what).asJsonArray(),
                complete);
    }

    private static List<String> statuses(JsonArray observations, String observer) {
        return observations.getValuesAs(JsonObject.class).stream()
                .filter(observation -> observation.getString("observer").equals(observer))
                .map(observation -> observation.getString("status"))
                .toList();
    }

    private static List<String> known(JsonArray observations, String observer) {
        return observations.getValuesAs(JsonObject.class).stream()
                .filter(observation -> observation.getString("observer").equals(observer))
                .map(observation -> observation.getString("known"))
                .toList();
    }

    private static String id(JsonObject response) {
        return ((JsonString) response.getValue("/backend_id")).getString();
    }
}
