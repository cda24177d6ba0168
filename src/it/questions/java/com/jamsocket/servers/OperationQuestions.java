package com.jamsocket.servers;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.jamsocket.dev.Fault;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.RecordedRequest;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What operators ask of an application, where the server brings the APIs: the property {@code server.apis} names those
 * of health, telemetry, meters and tolerance that it has, and claims, which need none.
 */
@EnabledIfSystemProperty(named = "server.apis", matches = ".+", disabledReason = "none of the APIs")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class OperationQuestions {

    private static final String TRACEPARENT = "traceparent";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Collector collector;
    private static JamsocketDevServer backends;

    private DeployedApplication application;

    /** Where the application is, ending in a slash. */
    protected abstract URI applicationUrl();

    /** Where the server tells its readiness. */
    protected abstract URI readinessUrl();

    /** Where the server shows its meters as Prometheus reads them. */
    protected abstract URI metersUrl();

    @BeforeAll
    static void start() {
        collector = Collector.start(Integer.getInteger("collector.port"));
        backends = backends();
    }

    @AfterAll
    static void stop() {
        backends.close();
        collector.close();
    }

    @BeforeEach
    void find() {
        application = new DeployedApplication(applicationUrl().resolve("api/"));
        backends.clearRequests();
    }

    private static JamsocketDevServer backends() {
        return JamsocketDevServer.builder().port(Integer.getInteger("dev.port")).start();
    }

    /** Late, for connections that the server has left are each an attempt of a call, and so a span. */
    @Test
    @Order(Integer.MAX_VALUE)
    @EnabledIfSystemProperty(named = "server.apis", matches = ".*health.*")
    void readinessGoesDownAndUpWithTheServerOfBackends() {
        assertThat(readiness(200)).contains("\"jamsocket\"", "milliseconds");

        backends.close();
        assertThat(readiness(503))
                .contains("\"jamsocket\"", "JamsocketConnectionException")
                .doesNotContain("localhost", "127.0.0.1");

        backends = backends();
        assertThat(readiness(200)).contains("\"jamsocket\"", "milliseconds");
    }

    private String readiness(int status) {
        return eventually(
                        "readiness " + status,
                        PATIENCE,
                        () -> application.answer(readinessUrl().toString()),
                        answer -> answer.statusCode() == status)
                .body();
    }

    @Test
    @EnabledIfSystemProperty(named = "server.apis", matches = ".*meters.*")
    void callsAndStatesAreCountedInTheRegistryOfTheServer() {
        String id = application.post("documents/measured/connection").getString("backend_id");
        application.get("backends/" + id + "/ready");
        application.delete("backends/" + id);

        List<String> numbers = eventually(
                "meters",
                PATIENCE,
                () -> application
                        .answer(metersUrl().toString())
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("jamsocket_"))
                        .toList(),
                found -> found.stream().anyMatch(line -> line.contains("type=\"BackendEnd\"")));
        assertThat(numbers)
                .anyMatch(line -> has(line, "jamsocket_calls_seconds_count", "default", "operation", "connect"))
                .anyMatch(line -> has(line, "jamsocket_calls_seconds_count", "default", "outcome", "ok"))
                .anyMatch(line -> has(line, "jamsocket_states_total", "default", "status", "ready"))
                .anyMatch(line -> has(line, "jamsocket_stream_ends_total", "default", "how", "Terminated"))
                .anyMatch(line -> has(line, "jamsocket_events_total", "default", "type", "BackendEvent"))
                .anyMatch(line -> line.startsWith("jamsocket_streams{"))
                .anyMatch(line -> line.startsWith("jamsocket_streams_connected{"))
                .anyMatch(line -> line.startsWith("jamsocket_followed{"));
    }

    private static boolean has(String line, String name, String client, String tag, String value) {
        return line.startsWith(name + "{")
                && line.contains("client=\"" + client + "\"")
                && line.contains(tag + "=\"" + value + "\"")
                && !line.endsWith(" 0.0");
    }

    @Test
    @EnabledIfSystemProperty(named = "server.apis", matches = ".*telemetry.*")
    void aCallIsOneSpanOfTheTraceOfItsCallerWhichGoesOnToTheServer() {
        JsonObject traced = application.post("operated/traced/plan");
        String trace = traced.getString("trace");

        String sent = traceparents("/connect").get(0);
        assertThat(sent).startsWith("00-" + trace + "-");
        // That of the caller is exported after those which ended before it.
        List<Collector.Span> spans =
                eventually("exported spans", PATIENCE, () -> collector.spansOf(trace), found -> found.stream()
                        .anyMatch(Collector.Span::isRoot));
        assertThat(spans)
                .filteredOn(Collector.Span::isOfClient)
                .filteredOn(span -> span.url().endsWith("/connect"))
                .singleElement()
                .satisfies(span -> {
                    assertThat(span.id())
                            .isEqualTo(sent.substring("00-".length() + trace.length() + 1, sent.lastIndexOf('-')));
                    assertThat(span.parent()).isEqualTo(traced.getString("span"));
                });
    }

    @Test
    @EnabledIfSystemProperty(named = "server.apis", matches = ".*telemetry.*")
    void aTraceGoesOnToObserversAndContinuations() {
        JsonObject traced = application.post("operated/traced/song/async");
        String trace = traced.getString("trace");
        String id = traced.getString("backend");
        application.get("backends/" + id + "/ready");
        application.delete("backends/" + id);

        assertThat(trace).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
        assertThat(traced.getString("continued")).isEqualTo(trace);
        // Seven states, each to two observers, and an end.
        JsonArray traces = eventually(
                "traces of " + id,
                PATIENCE,
                () -> application.get("operated/traced/" + id).asJsonArray(),
                found -> found.size() == 2 * 7 + 1);
        assertThat(traces.getValuesAs(JsonString::getString)).containsOnly(trace);
        // Beside the stream of whoever waits until it is ready, which may be the first.
        assertThat(traceparents("/backend/" + id + "/status/stream"))
                .anyMatch(sent -> sent.startsWith("00-" + trace + "-"));
    }

    /** What each request to such a path carried. */
    private List<String> traceparents(String path) {
        List<RecordedRequest> sent = eventually(
                "request to " + path,
                PATIENCE,
                () -> backends.requests().stream()
                        .filter(request -> request.path().endsWith(path))
                        .toList(),
                found -> !found.isEmpty());
        // Servers ignore the traces of a request that is in two.
        assertThat(sent).allSatisfy(request -> assertThat(request.headers().get(TRACEPARENT))
                .hasSize(1));
        return sent.stream()
                .map(request -> request.headers().get(TRACEPARENT).get(0))
                .toList();
    }

    @Test
    @EnabledIfSystemProperty(named = "server.exports-metrics", matches = "true")
    void metricsGoOutWithThoseOfTheServer() {
        application.post("operated/traced/metrics");

        eventually(
                "exported metrics",
                PATIENCE,
                collector::metrics,
                names -> names.containsAll(List.of("jamsocket.calls", "jamsocket.streams", "jamsocket.events")));
    }

    @Test
    @EnabledIfSystemProperty(named = "server.apis", matches = ".*tolerance.*")
    void annotationsAroundCallsTryAsOftenAsTheySay() {
        assertThat(enter("lobby")).isNotEqualTo("waiting room");
        backends.inject(Fault.answer(503).on(Fault.Endpoint.CONNECT).times(3));

        assertThat(enter("lobby")).isEqualTo("waiting room");
        assertThat(backends.requests())
                .filteredOn(request -> request.path().endsWith("/connect"))
                .extracting(RecordedRequest::status)
                .containsExactly(200, 503, 503, 503);
        assertThat(enter("lobby")).isNotEqualTo("waiting room");
    }

    /** Another node seems to have it at first. */
    @Test
    @EnabledIfSystemProperty(named = "server.apis", matches = ".*claims.*")
    void aBackendIsToldOfByTheNodeThatHasItsClaim() {
        String id = application.post("documents/shared/connection").getString("backend_id");
        claims(id, "GRANTED");
        application.get("backends/" + id + "/ready");
        application.delete("backends/" + id);

        assertThat(claims(id, "ENDED"))
                .filteredOn(claim -> !claim.equals("RENEWED"))
                .containsExactly("TAKEN", "GRANTED", "ENDED");
        assertThat(application.get("backends/" + id + "/observed").asJsonArray().getValuesAs(JsonObject.class))
                .extracting(
                        observation -> observation.getString("observer"),
                        observation -> observation.getString("status"))
                .contains(tuple("any", "scheduled"), tuple("any", "terminated"), tuple("end", "Terminated"));
    }

    /** What has become of the claim on a backend, when it has come to this. */
    private List<String> claims(String id, String last) {
        return eventually(
                "the claim on " + id,
                PATIENCE,
                () -> application.get("operated/claims/" + id).asJsonArray().getValuesAs(JsonString::getString),
                claims -> claims.contains(last));
    }

    private String enter(String room) {
        HttpResponse<String> answer = application.answer("operated/desk/" + room);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
