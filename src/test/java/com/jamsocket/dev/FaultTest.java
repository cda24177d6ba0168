package com.jamsocket.dev;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.dev.Fault.Endpoint;
import com.jamsocket.dev.Fault.Kind;
import com.jamsocket.dev.Fault.Moment;
import com.jamsocket.testkit.Http;
import com.jamsocket.testkit.RawClient;
import com.jamsocket.testkit.RawClient.End;
import com.jamsocket.testkit.RawClient.Response;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults as they look on the wire. */
@Timeout(60)
class FaultTest {

    private static final Instant TIME = Instant.parse("2024-11-04T20:42:21.123Z");
    private static final String GARBAGE = "data: {\"status\":\n\n";

    private final JamsocketDevServer server =
            JamsocketDevServer.builder().lifecycle(Lifecycle.manual()).start();
    private final Http http = Http.of(server);

    @BeforeEach
    void spawn() {
        server.nextBackendId("b");
        http.spawn();
        server.moveTo("b", BackendState.ready(TIME));
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** A stream without framing of its own, so that all that comes is events. */
    private RawClient stream() throws IOException {
        return new RawClient(server).send("GET /v2/backend/b/status/stream HTTP/1.0\r\n\r\n");
    }

    private RawClient status() throws IOException {
        return new RawClient(server).get("/v2/backend/b/status");
    }

    private static String event(String status) {
        return "data:{\"status\":\"" + status + "\",\"time\":\"";
    }

    private void terminate() {
        server.moveTo("b", BackendState.terminated(TIME));
    }

    /** The next stream must be all right: a fault strikes once. */
    private void assertHealthy() throws IOException {
        try (RawClient client = stream()) {
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(client.until("\n\n")).startsWith(event("scheduled"));
            assertThat(client.until("\n\n")).startsWith(event("ready"));
        }
    }

    @ParameterizedTest
    @CsvSource({"RESET, RESET", "END, FIN", "HALF_EVENT, FIN", "REFUSE, RESET"})
    void endsTheConnectionAtTheHandshake(Kind kind, End end) throws IOException {
        server.inject(new Fault(kind, Moment.HANDSHAKE, Endpoint.STREAM, 1, 200, null, null, null));
        try (RawClient client = stream()) {
            if (end == End.FIN) {
                assertThat(client.rest()).isEmpty();
            } else {
                assertThat(client.end()).isEqualTo(end);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RESET, BEFORE_FIRST_EVENT, RESET",
        "RESET, MID_EVENT, RESET",
        "RESET, BETWEEN_EVENTS, RESET",
        "END, BEFORE_FIRST_EVENT, FIN",
        "END, MID_EVENT, FIN",
        "END, BETWEEN_EVENTS, FIN",
        "HALF_EVENT, BEFORE_FIRST_EVENT, FIN",
        "HALF_EVENT, MID_EVENT, FIN",
        "HALF_EVENT, BETWEEN_EVENTS, FIN"
    })
    void endsTheConnectionDuringTheStream(Kind kind, Moment moment, End end) throws IOException {
        server.inject(new Fault(kind, moment, Endpoint.STREAM, 1, 200, null, null, null));
        try (RawClient client = stream()) {
            if (end == End.RESET) {
                assertThat(client.end()).isEqualTo(End.RESET);
            } else {
                client.head();
                String sent = client.rest();
                String whole = event("scheduled") + "2024-11-04T20:42:21.123Z\"}\n\n";
                int half = kind == Kind.HALF_EVENT ? "data: {\"sta".length() : 0;
                assertThat(sent)
                        .hasSize(
                                switch (moment) {
                                    case MID_EVENT -> whole.length() / 2;
                                    case BETWEEN_EVENTS -> whole.length() + half;
                                    default -> half;
                                });
                assertThat(sent.endsWith("\n\n")).isEqualTo(moment == Moment.BETWEEN_EVENTS && kind == Kind.END);
            }
        }
        assertHealthy();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"RESET", "END", "HALF_EVENT", "STALL", "GARBAGE", "REFUSE"})
    void strikesAfterTheEventOfTheLastState(Kind kind) throws Exception {
        server.inject(new Fault(kind, Moment.AFTER_TERMINATED, Endpoint.STREAM, 1, 200, null, null, null));
        try (RawClient client = stream()) {
            client.until(event("ready"));
            client.until("\n\n");
            terminate();
            switch (kind) {
                case GARBAGE -> {
                    assertThat(client.until("\n\n")).startsWith(event("terminated"));
                    assertThat(client.until("\n\n")).isEqualTo(GARBAGE);
                }
                case STALL -> {
                    assertThat(client.until("\n\n")).startsWith(event("terminated"));
                    assertThat(client.isSilentFor(30)).isTrue();
                }
                case END ->
                    assertThat(client.rest()).startsWith(event("terminated")).endsWith("}\n\n");
                case HALF_EVENT -> assertThat(client.rest()).endsWith("}\n\ndata: {\"sta");
                default -> assertThat(client.end()).isEqualTo(End.RESET);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Moment.class,
            names = {"HANDSHAKE", "BEFORE_FIRST_EVENT", "MID_EVENT"})
    void sendsGarbageAndGoesOn(Moment moment) throws IOException {
        server.inject(Fault.garbage().at(moment));
        try (RawClient client = stream()) {
            client.head();
            assertThat(client.until("\n\n")).isEqualTo(GARBAGE.replace("\n\n", "") + "\n\n");
            assertThat(client.until("\n\n")).startsWith(event("scheduled"));
            assertThat(client.until("\n\n")).startsWith(event("ready"));
        }
    }

    @Test
    void sendsGarbageBetweenEvents() throws IOException {
        server.inject(Fault.garbage().at(Moment.BETWEEN_EVENTS));
        try (RawClient client = stream()) {
            client.head();
            assertThat(client.until("\n\n")).startsWith(event("scheduled"));
            assertThat(client.until("\n\n")).isEqualTo(GARBAGE);
            assertThat(client.until("\n\n")).startsWith(event("ready"));
        }
    }

    @Test
    void leavesOneEventOutAndKeepsTheStreamAlive() throws IOException {
        try (JamsocketDevServer lively = JamsocketDevServer.builder()
                .lifecycle(Lifecycle.instant())
                .keepalive(Duration.ofMillis(20))
                .start()) {
            String id = Http.of(lively).spawn();
            for (String path : List.of("/v2/backend/" + id + "/status/stream", "/pub/b/" + id + "/status-stream")) {
                lively.inject(Fault.dropEvent(BackendStatus.STARTING));
                try (RawClient client = new RawClient(lively).send("GET " + path + " HTTP/1.0\r\n\r\n")) {
                    assertThat(client.until("ready"))
                            .contains("loading", "waiting")
                            .doesNotContain("starting");
                    client.until(":\n\n");
                    client.until(":\n\n");
                }
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.dropEvent(BackendStatus.READY).on(Endpoint.STATUS));
        assertThatNullPointerException().isThrownBy(() -> Fault.dropEvent(null));
    }

    @Test
    void answersAsToldAtTheHandshake() throws IOException {
        server.inject(Fault.answer(503).retryAfter(Duration.ofSeconds(7)));
        try (RawClient client = stream()) {
            Response answer = client.answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers())
                    .containsEntry("retry-after", "7")
                    .containsEntry("content-type", "application/json");
            assertThat(answer.body()).contains("injected");
        }
        server.inject(Fault.answer(429));
        try (RawClient client = stream()) {
            Response answer = client.answer();
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers()).doesNotContainKey("retry-after");
        }
        server.inject(Fault.answer(204));
        try (RawClient client = stream()) {
            assertThat(client.head()).startsWith("HTTP/1.1 204 No Content").doesNotContain("Content-Length");
            assertThat(client.rest()).isEmpty();
        }
        server.inject(Fault.html());
        try (RawClient client = stream()) {
            Response answer = client.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).containsEntry("content-type", "text/html");
            assertThat(answer.body()).startsWith("<!doctype html>");
        }
        assertHealthy();
    }

    @ParameterizedTest
    @EnumSource(
            value = Moment.class,
            names = {"BEFORE_FIRST_EVENT", "MID_EVENT", "BETWEEN_EVENTS", "AFTER_TERMINATED"})
    void answersTheNextRequestWhenItIsTooLateForThisOne(Moment moment) throws IOException {
        if (moment == Moment.AFTER_TERMINATED) {
            terminate();
        }
        server.inject(Fault.answer(500).at(moment).times(1));
        server.inject(Fault.html());
        try (RawClient client = stream()) {
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(client.end()).isEqualTo(End.FIN);
        }
        try (RawClient client = stream()) {
            assertThat(client.answer().status()).isEqualTo(500);
        }
        try (RawClient client = stream()) {
            assertThat(client.answer().headers()).containsEntry("content-type", "text/html");
        }
        assertHealthy();
    }

    @ParameterizedTest
    @EnumSource(
            value = Moment.class,
            names = {"HANDSHAKE", "BEFORE_FIRST_EVENT", "MID_EVENT", "BETWEEN_EVENTS"})
    void stallsAndHoldsTheConnection(Moment moment) throws Exception {
        int others = server.connections();
        server.inject(Fault.stall().at(moment));
        try (RawClient client = stream()) {
            if (moment != Moment.HANDSHAKE) {
                client.head();
            }
            if (moment == Moment.MID_EVENT) {
                client.until("data:{\"stat");
            } else if (moment == Moment.BETWEEN_EVENTS) {
                client.until("\n\n");
            }
            while (!client.isSilentFor(30)) {
                assertThat(moment).isEqualTo(Moment.MID_EVENT);
            }
            terminate();
            assertThat(client.isSilentFor(30)).isTrue();
        }
        eventually("the client to be missed", () -> server.connections() <= others);
    }

    @ParameterizedTest
    @EnumSource(
            value = Moment.class,
            names = {"HANDSHAKE", "BEFORE_FIRST_EVENT", "MID_EVENT", "BETWEEN_EVENTS"})
    void sendsBytesOneByOne(Moment moment) throws IOException {
        server.inject(Fault.slow().at(moment));
        long start = System.nanoTime();
        try (RawClient client = stream()) {
            client.until("\r\n\r\n");
            client.until("\n\n");
            String second = client.until("\n\n");
            assertThat(second).startsWith(event("ready"));
            // Each byte waits a millisecond for the one before. They may be sent before this thread reads the first.
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(Duration.ofMillis(second.length() / 2));
            terminate();
            assertThat(client.until("\n\n")).startsWith(event("terminated"));
        }
    }

    @Test
    void refusesConnectionsForAWhileAfterTheReset() throws Exception {
        assertThatOneIsRefused(() -> {
            server.inject(Fault.refuse().at(Moment.BETWEEN_EVENTS));
            try (RawClient client = stream()) {
                assertThat(client.end()).isEqualTo(End.RESET);
            }
        });
        assertHealthy();
    }

    @Test
    void refusesConnectionsForAsLongAsItIsToldAndKeepsThoseItHas() throws Exception {
        try (RawClient before = status()) {
            before.answer();
            assertThatOneIsRefused(() -> {
                server.refuseConnections(Duration.ofMillis(150));
                server.refuseConnections(Duration.ofMillis(300));
            });
            assertThat(before.get("/v2/backend/b/status").answer().status()).isEqualTo(200);
        }
        long start = System.nanoTime();
        server.refuseConnections(Duration.ofMillis(300));
        eventually("connections to be accepted again", this::accepts);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
        assertHealthy();
    }

    /** On a busy machine the connection may come when the refusal is over, so it is tried some times. */
    private void assertThatOneIsRefused(Refusal refusal) throws IOException {
        boolean refused = false;
        for (int tries = 0; tries < 5 && !refused; tries++) {
            refusal.begin();
            refused = !accepts();
            eventually("connections to be accepted again", this::accepts);
        }
        assertThat(refused).isTrue();
    }

    private interface Refusal {
        void begin() throws IOException;
    }

    @Test
    void waitsForItsPortIfSomebodyElseHasTakenIt() throws Exception {
        try (ServerSocket other = new ServerSocket()) {
            eventually("the port to be free", () -> {
                server.refuseConnections(Duration.ofMillis(50));
                return isBound(other);
            });
            other.setSoTimeout(150);
            assertThatExceptionOfType(IOException.class).isThrownBy(other::accept);
        }
        eventually("connections to be accepted again", this::accepts);
    }

    private boolean isBound(ServerSocket socket) throws IOException {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            return true;
        } catch (BindException tooLate) {
            return false;
        }
    }

    private boolean accepts() throws IOException {
        try (RawClient client = status()) {
            return client.answer().status() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    @Test
    void strikesAsOftenAsItIsToldInTheOrderGiven() throws IOException {
        server.inject(Fault.answer(500).times(2));
        server.inject(Fault.answer(503));
        for (int status : new int[] {500, 500, 503}) {
            try (RawClient client = stream()) {
                assertThat(client.answer().status()).isEqualTo(status);
            }
        }
        assertHealthy();
    }

    @Test
    void strikesTheBackendAndTheEndpointItIsMeantFor() throws IOException {
        server.nextBackendId("other");
        http.spawn();
        server.inject(Fault.answer(500).on(Endpoint.STATUS).forBackend("other"));
        server.inject(Fault.answer(502).on(Endpoint.TERMINATE));
        server.inject(Fault.answer(503).on(Endpoint.CONNECT));

        assertHealthy();
        assertThat(http.get("/v2/backend/b/status").statusCode()).isEqualTo(200);
        assertThat(http.get("/v2/backend/other/status").statusCode()).isEqualTo(500);
        assertThat(http.post("/v2/backend/b/terminate", "").statusCode()).isEqualTo(502);
        assertThat(http.statusOf("b")).isEqualTo("ready");
        assertThat(http.post("/v2/service/a/s/connect", "{}").statusCode()).isEqualTo(503);
        assertThat(server.spawnCount()).isEqualTo(2);
    }

    @Test
    void forgetsFaultsThatAreTakenBack() throws IOException {
        server.inject(Fault.reset().times(5));
        server.clearFaults();
        assertHealthy();
    }

    @Test
    void carriesARequestOutAndDoesNotAnswerIt() throws IOException {
        server.inject(Fault.reset().on(Endpoint.CONNECT).at(Moment.BEFORE_FIRST_EVENT));
        try (RawClient client = new RawClient(server).post("/v2/service/a/s/connect", "{\"key\":\"k\"}")) {
            assertThat(client.end()).isEqualTo(End.RESET);
        }
        assertThat(server.spawnCount()).isEqualTo(2);
        assertThat(Http.json(http.post("/v2/service/a/s/connect", "{\"key\":\"k\"}"))
                        .getBoolean("spawned"))
                .isFalse();
    }

    @Test
    void neitherCarriesOutNorAnswersARequestStruckAtItsHandshake() throws IOException {
        server.inject(Fault.end().on(Endpoint.CONNECT));
        try (RawClient client = new RawClient(server).post("/v2/service/a/s/connect", "{}")) {
            assertThat(client.rest()).isEmpty();
        }
        assertThat(server.spawnCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Moment.class,
            names = {"HANDSHAKE", "BEFORE_FIRST_EVENT"})
    void spoilsSingleAnswersInEachWay(Moment moment) throws IOException {
        Fault fault = Fault.garbage().on(Endpoint.STATUS).at(moment);
        server.inject(fault);
        try (RawClient client = status()) {
            assertThat(client.answer().body()).isEqualTo("{\"status\":");
            server.inject(Fault.html().on(Endpoint.STATUS).at(moment));
            assertThat(client.get("/v2/backend/b/status").answer().body()).startsWith("<!doctype");
            server.inject(Fault.slow().on(Endpoint.STATUS).at(moment));
            assertThat(client.get("/v2/backend/b/status").answer().body()).contains("ready");
            server.inject(Fault.stall().on(Endpoint.STATUS).at(moment));
            assertThat(client.get("/v2/backend/b/status").isSilentFor(30)).isTrue();
        }
        server.inject(Fault.halfEvent().on(Endpoint.STATUS).at(moment));
        try (RawClient client = status()) {
            assertThat(client.end()).isEqualTo(End.FIN);
        }
    }

    @Test
    void endsAStreamOfChunksInGoodOrder() throws IOException {
        server.inject(Fault.end().at(Moment.BETWEEN_EVENTS));
        try (RawClient client = new RawClient(server).get("/v2/backend/b/status/stream")) {
            client.head();
            assertThat(client.rest()).endsWith("\n\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void strikesPlanesStreamsToo() throws IOException {
        server.inject(Fault.answer(500));
        assertThat(http.get("/pub/b/b/status-stream").statusCode()).isEqualTo(500);
        server.inject(Fault.end().at(Moment.MID_EVENT));
        assertThat(http.get("/pub/b/b/status-stream").body())
                .startsWith("data: {\"status\":\"sch")
                .doesNotContain("\n");
    }

    @Test
    void refusesFaultsThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.reset().times(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.answer(600));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.answer(100));
        assertThatNullPointerException().isThrownBy(() -> server.inject(null));
    }
}
