package com.jamsocket.servers;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.internal.wire.Json;
import com.jamsocket.testkit.Http;
import com.jamsocket.testkit.LogRecorder;
import com.jamsocket.testkit.RawClient;
import com.jamsocket.testkit.States;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What browsers get of an application that has the status resource, whatever implementation of Jakarta REST serves it.
 * Nobody may watch the backend {@code forbidden}.
 */
public interface StatusContract {

    /** Where the resource is, ending in a slash. */
    URI statuses();

    /** The server that the application's client talks to. Its backends move by hand. */
    JamsocketDevServer server();

    /** The id of a new backend, which nobody follows. */
    String spawn();

    /** How many streams the application's client has open for browsers. */
    int sharedStreams();

    @Test
    default void theStatusIsInTheFormOfTheJavaScriptTypes() {
        String id = spawn();
        server().moveTo(id, States.READY);

        HttpResponse<String> answer = get(id + "/status");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(type(answer)).isEqualTo("application/json");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(answer.body()).isEqualTo("{\"status\":\"ready\",\"time\":\"2026-11-01T00:00:04.000Z\"}");
    }

    @Test
    default void aBackendThatDoesNotExistIsAProblem() {
        assertProblem(get("none/status"), 404, "backend-not-found");
        assertProblem(get("%2E%2E%2Fa/status"), 404, "backend-not-found");
    }

    @Test
    default void theApplicationDecidesWhoMayWatch() {
        assertProblem(get("forbidden/status"), 403, "forbidden");
        assertProblem(get("forbidden/status/stream"), 403, "forbidden");
        assertThat(server().requests()).noneMatch(request -> request.path().contains("forbidden"));
    }

    @Test
    default void theStreamTellsAWholeLifeOnceAndEnds() throws Exception {
        String id = spawn();
        try (RawClient early = stream(id)) {
            early.until("scheduled");
            States.LIFE.forEach(status -> server().moveTo(id, States.of(status)));
            String whole = unspaced(early.rest());

            assertThat(whole).contains("id:loading", "id:ready", "id:terminated");
        }
        try (RawClient late = stream(id)) {
            String head = late.head();
            String body = late.rest();

            assertThat(head).startsWith("HTTP/1.1 200").containsIgnoringCase("content-type: text/event-stream");
            assertThat(body.lines().filter(line -> line.startsWith("id:")).map(line -> line.substring(3)
                            .strip()))
                    .isEqualTo(States.LIFE);
            assertThat(body.lines().filter(line -> line.startsWith("data:")))
                    .hasSameSizeAs(States.LIFE)
                    .last()
                    .satisfies(line -> assertThat(
                                    Json.readObject(line.substring(5)).getString("termination_reason"))
                            .isEqualTo("external"));
        }
    }

    @Test
    default void theStreamGoesOnAfterTheLastEvent() throws Exception {
        String id = spawn();
        States.move(server(), id, "ready");
        try (RawClient again = stream(id, "Last-Event-ID: waiting")) {
            assertThat(again.until("ready")).doesNotContain("waiting\"");
        }
        HttpResponse<String> over = get(id + "/status/stream", "Last-Event-ID", "terminated");
        assertThat(unspaced(over.body()))
                .contains("event:over", "retry:86400000")
                .doesNotContain("{");
    }

    @Test
    default void proxiesAreToldNotToHoldEventsBack() throws Exception {
        String id = spawn();
        try (RawClient stream = stream(id)) {
            assertThat(stream.head())
                    .containsIgnoringCase("x-accel-buffering: no")
                    .containsIgnoringCase("cache-control: no-cache, no-transform");
        }
    }

    @Test
    default void browsersShareAStreamThatIsClosedAfterTheLastHasLeftAndNothingIsLogged() throws Exception {
        String id = spawn();
        try (LogRecorder log = new LogRecorder("");
                RawClient first = stream(id);
                RawClient second = stream(id);
                RawClient third = stream(id)) {
            for (RawClient each : List.of(first, second, third)) {
                each.until("scheduled");
            }
            assertThat(upstreams(id)).isEqualTo(1);
            first.close();
            server().moveTo(id, States.LOADING);
            second.until("loading");
            second.close();
            third.until("loading");
            third.close();
            // A system takes a moment to find out, and an event or two.
            List<String> more = List.of("starting", "waiting", "ready", "terminating");
            for (int i = 0; i < more.size() && sharedStreams() > 0; i++) {
                server().moveTo(id, States.of(more.get(i)));
                TimeUnit.MILLISECONDS.sleep(100);
            }
            eventually("the stream is closed", () -> sharedStreams() == 0);

            try (RawClient next = stream(id)) {
                next.until("loading");
                assertThat(upstreams(id)).isEqualTo(2);
            }
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    default void aStreamOfABackendThatDoesNotExistEnds() throws Exception {
        try (RawClient stream = stream("none")) {
            assertThat(stream.head()).startsWith("HTTP/1.1 200");
            assertThat(stream.rest()).doesNotContain("data:");
        }
    }

    @Test
    default void theModuleForPagesIsServedOnce() throws Exception {
        HttpResponse<String> first = get("session-backend.js");
        String tag = first.headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again = get("session-backend.js", "If-None-Match", tag);

        try (InputStream file = getClass().getResourceAsStream("/META-INF/resources/jamsocket/session-backend.js")) {
            assertThat(first.body()).isEqualTo(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(type(first)).isEqualTo("text/javascript");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("etag")).hasValue(tag);
    }

    static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(type(answer)).isEqualTo("application/problem+json");
        assertThat(Json.readObject(answer.body()).getString("code")).isEqualTo(code);
        assertThat(answer.body()).doesNotContain("127.0.0.1", "tok-123");
    }

    /** Without its parameters. */
    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("content-type").orElse("none").replaceAll("\\s*;.*", "");
    }

    /** The fields of events without the space after their names, which may be there or not. */
    private static String unspaced(String events) {
        return events.replaceAll("(?m)^(\\w+): ", "$1:");
    }

    /** An answer of the resource. */
    default HttpResponse<String> get(String path, String... headers) {
        return new Http(statuses()).get(statuses().getPath() + path, headers);
    }

    /** The stream of a backend, which its caller closes. */
    default RawClient stream(String id) throws Exception {
        return stream(id, "Accept: text/event-stream");
    }

    private RawClient stream(String id, String header) throws Exception {
        return new RawClient(statuses()).get(statuses().getPath() + id + "/status/stream", "Connection: close", header);
    }

    private long upstreams(String id) {
        return server().requests().stream()
                .filter(request -> request.path().matches(".*/" + id + "/status.stream"))
                .count();
    }
}
