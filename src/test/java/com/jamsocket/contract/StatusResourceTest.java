package com.jamsocket.contract;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.KeyUnheldException;
import com.jamsocket.internal.rest.SharedStreams;
import com.jamsocket.internal.wire.Json;
import com.jamsocket.rest.EventStreamFilter;
import com.jamsocket.rest.JamsocketExceptionMapper;
import com.jamsocket.rest.StatusResource;
import com.jamsocket.testkit.Http;
import com.jamsocket.testkit.LogRecorder;
import com.jamsocket.testkit.RawClient;
import com.jamsocket.testkit.States;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What browsers get of an application that has the status resource, on each implementation as a server. */
class StatusResourceTest extends ClientContract {

    private static Jamsocket jamsocket;

    private Wiretap upstream;
    private RestServer application;
    private Http browser;

    @BeforeEach
    void startApplication() throws Exception {
        useServerByHand();
        upstream = closing(new Wiretap(server.url()));
        jamsocket = client(settings(upstream.url()));
        application = closing(RestServer.start(BoardApplication.class));
        browser = new Http(application.url());
    }

    @Test
    void theStatusIsInTheFormOfTheJavaScriptTypes() {
        String id = jamsocket.connect().backendId();
        server.moveTo(id, States.READY);

        HttpResponse<String> answer = browser.get("/backends/" + id + "/status");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(type(answer)).isEqualTo("application/json");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(answer.body()).isEqualTo("{\"status\":\"ready\",\"time\":\"2026-11-01T00:00:04.000Z\"}");
    }

    @Test
    void aBackendThatDoesNotExistIsAProblem() {
        HttpResponse<String> answer = browser.get("/backends/none/status");

        assertProblem(answer, 404, "backend-not-found");
        assertProblem(browser.get("/backends/%2E%2E%2Fa/status"), 404, "backend-not-found");
    }

    @Test
    void theApplicationDecidesWhoMayWatch() {
        assertProblem(browser.get("/backends/forbidden/status"), 403, "forbidden");
        assertProblem(browser.get("/backends/forbidden/status/stream"), 403, "forbidden");
        assertThat(upstream.requests("/status")).isEmpty();
    }

    @Test
    void theStreamTellsAWholeLifeOnceAndEnds() throws Exception {
        String id = jamsocket.connect().backendId();
        try (RawClient early = stream(id)) {
            early.until("scheduled");
            States.LIFE.forEach(status -> server.moveTo(id, States.of(status)));
            String whole = early.rest();

            assertThat(whole).contains("id: loading", "id: ready", "terminated");
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
    void theStreamGoesOnAfterTheLastEvent() throws Exception {
        String id = jamsocket.connect().backendId();
        States.move(server, id, "ready");
        try (RawClient again = stream(id, "Last-Event-ID: waiting")) {
            assertThat(again.until("ready")).doesNotContain("waiting\"");
        }
        HttpResponse<String> over = browser.get("/backends/" + id + "/status/stream", "Last-Event-ID", "terminated");
        assertThat(over.body()).contains("event: over", "retry: 86400000").doesNotContain("{");
    }

    @Test
    void proxiesAreToldNotToHoldEventsBack() throws Exception {
        String id = jamsocket.connect().backendId();
        try (RawClient stream = stream(id)) {
            assertThat(stream.head())
                    .containsIgnoringCase("x-accel-buffering: no")
                    .containsIgnoringCase("cache-control: no-cache, no-transform");
        }
    }

    @Test
    void browsersShareAStreamThatIsClosedAfterTheLastHasLeftAndNothingIsLogged() throws Exception {
        String id = jamsocket.connect().backendId();
        try (LogRecorder log = new LogRecorder("")) {
            List<RawClient> browsers = List.of(stream(id), stream(id), stream(id));
            for (RawClient each : browsers) {
                each.until("scheduled");
            }
            assertThat(upstreams()).isEqualTo(1);
            browsers.get(0).close();
            server.moveTo(id, States.LOADING);
            browsers.get(1).until("loading");
            browsers.get(1).close();
            browsers.get(2).until("loading");
            browsers.get(2).close();
            // A system takes a moment to find out, and an event or two.
            SharedStreams streams = ((SharedStreams.Owner) jamsocket.async()).sharedStreams();
            List<String> more = List.of("starting", "waiting", "ready", "terminating");
            for (int i = 0; i < more.size() && streams.size() > 0; i++) {
                server.moveTo(id, States.of(more.get(i)));
                TimeUnit.MILLISECONDS.sleep(100);
            }
            eventually("the stream is closed", () -> streams.size() == 0);

            try (RawClient next = stream(id)) {
                next.until("loading");
                assertThat(upstreams()).isEqualTo(2);
            }
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void aStreamOfABackendThatDoesNotExistEnds() throws Exception {
        try (RawClient stream = stream("none")) {
            assertThat(stream.head()).startsWith("HTTP/1.1 200");
            assertThat(stream.rest()).doesNotContain("data:");
        }
    }

    @Test
    void streamsEndWithTheClient() throws Exception {
        String id = jamsocket.connect().backendId();
        try (RawClient stream = stream(id)) {
            stream.until("}");
            jamsocket.close();

            assertThat(stream.rest()).doesNotContain("data:");
        }
    }

    @Test
    void browsersWatchAsManyBackendsAsTheClientIsToldAndNoMore() throws Exception {
        jamsocket = client(settings(server.url()).maxWatchedBackends(1));
        String first = jamsocket.connect().backendId();
        String second = jamsocket.connect().backendId();
        try (RawClient watched = stream(first);
                RawClient alsoWatched = stream(first)) {
            watched.until("scheduled");
            alsoWatched.until("scheduled");

            assertProblem(browser.get("/backends/" + second + "/status/stream"), 503, "unavailable");
            assertThat(browser.get("/backends/" + second + "/status").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void theModuleForPagesIsServedOnce() throws Exception {
        HttpResponse<String> first = browser.get("/backends/session-backend.js");
        String tag = first.headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again = browser.get("/backends/session-backend.js", "If-None-Match", tag);

        try (InputStream file = getClass().getResourceAsStream("/META-INF/resources/jamsocket/session-backend.js")) {
            assertThat(first.body()).isEqualTo(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(type(first)).isEqualTo("text/javascript");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("etag")).hasValue(tag);
    }

    @Test
    void failuresOfTheClientAreProblems() {
        assertProblem(browser.get("/rooms/held/connection"), 409, "key-unheld");
        jamsocket = client(settings(server.url()).retryTime(Duration.ZERO));
        server.close();
        HttpResponse<String> unavailable = browser.get("/backends/b1/status");
        assertProblem(unavailable, 503, "unavailable");
        assertThat(unavailable.headers().firstValue("retry-after")).hasValue("5");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(type(answer)).isEqualTo("application/problem+json");
        assertThat(Json.readObject(answer.body()).getString("code")).isEqualTo(code);
        assertThat(answer.body()).doesNotContain("127.0.0.1", "tok-123");
    }

    /** Without its parameters. */
    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("content-type").orElse("none").replaceAll("\\s*;.*", "");
    }

    private RawClient stream(String id) throws Exception {
        return stream(id, "Accept: text/event-stream");
    }

    private RawClient stream(String id, String header) throws Exception {
        return closing(new RawClient(application.url()))
                .get("/backends/" + id + "/status/stream", "Connection: close", header);
    }

    private int upstreams() {
        return upstream.requests("stream").size();
    }

    /** Made anew for each request, as the standard has it. */
    @Path("backends")
    public static class Statuses extends StatusResource {
        public Statuses() {
            super(jamsocket);
        }

        @Override
        protected boolean mayWatch(String backendId, SecurityContext caller) {
            return !backendId.equals("forbidden");
        }
    }

    @Path("rooms")
    public static class Rooms {
        @GET
        @Path("{name}/connection")
        public String connect(@PathParam("name") String name) throws KeyUnheldException {
            ConnectResponse response = jamsocket.connect(
                    ConnectRequest.builder().key(name).spawn(false).build());
            return response.backendId();
        }
    }

    public static class BoardApplication extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Statuses.class, Rooms.class, JamsocketExceptionMapper.class, EventStreamFilter.class);
        }
    }
}
