package com.jamsocket.dev;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.jamsocket.BackendState;
import com.jamsocket.BackendStatus;
import com.jamsocket.internal.wire.Json;
import com.jamsocket.testkit.Http;
import com.jamsocket.testkit.Promptness;
import com.jamsocket.testkit.RawClient;
import com.jamsocket.testkit.ReservedPort;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server is to the test that owns it. */
@Timeout(60)
class JamsocketDevServerTest {

    private static final Instant TIME = Instant.parse("2024-11-04T20:42:21.123Z");

    private final ReservedPort reserved = new ReservedPort();
    private JamsocketDevServer server;
    private Http http;

    @BeforeEach
    void start() {
        use(JamsocketDevServer.builder().lifecycle(Lifecycle.timed(Duration.ofMillis(5))));
    }

    @AfterEach
    void stop() {
        server.close();
        reserved.close();
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

    @Test
    void showsItsAddress() {
        assertThat(server).hasToString("JamsocketDevServer[http://127.0.0.1:" + server.port() + "/]");
    }

    @Test
    void movesBackendsByHandForwardOnly() {
        useByHand();
        String id = http.spawn();
        assertThat(http.statusOf(id)).isEqualTo("scheduled");
        assertThat(server.moveTo(id, BackendState.ready(TIME))).isTrue();
        assertThat(server.moveTo(id, BackendState.ready(TIME))).isFalse();
        assertThat(server.moveTo(id, BackendState.unknown(TIME, "odd", "{\"status\":\"odd\",\"time\":1}")))
                .isTrue();
        assertThat(server.moveTo(id, BackendState.loading(TIME))).isFalse();
        assertThat(server.moveTo(id, ended())).isTrue();
        assertThat(server.moveTo(id, BackendState.unknown(TIME, "odd", "{}"))).isFalse();

        assertThat(statusesOf(id))
                .containsExactly(
                        BackendStatus.SCHEDULED, BackendStatus.READY, BackendStatus.UNKNOWN, BackendStatus.TERMINATED);
        assertThatIllegalArgumentException().isThrownBy(() -> server.moveTo("x", ended()));
    }

    @Test
    void forgetsABackendAndItsKeyWhenTold() {
        String id = http.connect("{\"key\":\"k\"}").getString("backend_id");
        server.forget(id);

        error(404, http.get("/v2/backend/" + id + "/status"));
        assertThat(http.connect("{\"key\":\"k\"}").getBoolean("spawned")).isTrue();
        assertThat(server.backends()).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> server.forget(id)).withMessageContaining(id);
    }

    @Test
    void givesBackendsTheIdsItWasTold() {
        server.nextBackendId("one");
        server.nextBackendId("two words");
        assertThat(http.spawn()).isEqualTo("one");
        JsonObject second = http.connect("{}");
        assertThat(second.getString("backend_id")).isEqualTo("two words");
        assertThat(second.getString("status_url")).endsWith("/v2/backend/two%20words/status");
        assertThat(http.statusOf("two%20words")).isNotEmpty();
        assertThat(http.spawn()).matches("[a-z0-9]{14}");

        server.nextBackendId("one");
        error(500, http.post("/v2/service/acct/svc/connect", "{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> server.nextBackendId(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> server.nextBackendId("a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> server.nextBackendId("ä"));
    }

    @Test
    void showsItsBackendsOldestFirst() {
        useByHand();
        server.nextBackendId("a");
        server.nextBackendId("b");
        http.connect("{\"key\":\"k\",\"user\":\"ann\"}");
        http.spawn();
        server.moveTo("a", ended());

        List<BackendSnapshot> backends = server.backends();
        assertThat(backends).extracting(BackendSnapshot::id).containsExactly("a", "b");
        assertThat(backends.get(0).key()).isEqualTo("k");
        assertThat(backends.get(0).user()).isEqualTo("ann");
        assertThat(backends.get(0).state()).isInstanceOf(BackendState.Terminated.class);
        assertThat(backends.get(0).history()).hasSize(2);
        assertThat(backends.get(1).key()).isNull();
        assertThat(server.spawnCount()).isEqualTo(2);
    }

    @Test
    void tellsItsListenerOfEachChangeWhateverItThrows() throws Exception {
        List<String> changes = new CopyOnWriteArrayList<>();
        AtomicReference<JamsocketDevServer> self = new AtomicReference<>();
        use(JamsocketDevServer.builder().lifecycle(Lifecycle.instant()).onChange((id, state) -> {
            changes.add(id + " " + state.statusName());
            if (state instanceof BackendState.Ready) {
                self.get().moveTo(id, ended());
            }
            throw new IllegalStateException("a listener's own trouble");
        }));
        self.set(server);
        server.nextBackendId("b");
        http.spawn();

        eventually("terminated", () -> http.statusOf("b").equals("terminated"));
        assertThat(changes)
                .containsExactly("b scheduled", "b loading", "b starting", "b waiting", "b ready", "b terminated");
    }

    @Test
    void takesAPortThatItIsGivenAndRefusesOneThatIsTaken() throws IOException {
        int port = reserved.forServer();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> JamsocketDevServer.builder()
                            .port(taken.getLocalPort())
                            .start())
                    .withMessageContaining(String.valueOf(port));
        }
        use(JamsocketDevServer.builder().port(port));
        assertThat(server.port()).isEqualTo(port);
        assertThat(server.url()).hasToString("http://127.0.0.1:" + port + "/");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JamsocketDevServer.builder().port(65_536));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JamsocketDevServer.builder().port(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Lifecycle.timed(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lifecycle(Duration.ofMillis(-1), true));
    }

    @Test
    void endsAtOnceWithOpenStreamsAndWaitingRequests() throws Exception {
        use(JamsocketDevServer.builder().port(reserved.forServer()));
        Promptness.fastestIsWithin(Duration.ofSeconds(1), () -> {
            JamsocketDevServer ending = server;
            Duration took = endsWithOpenStreams();
            use(JamsocketDevServer.builder().port(ending.port()));
            assertThat(spawnAfresh()).isNotEmpty();
            return took;
        });
    }

    /** On a connection of its own: the JDK's client may still keep one that has ended with the server before. */
    private String spawnAfresh() throws IOException {
        try (RawClient client = new RawClient(server).post("/v2/service/acct/svc/connect", "{}")) {
            return Json.readObject(client.answer().body()).getString("backend_id");
        }
    }

    private Duration endsWithOpenStreams() throws IOException {
        JamsocketDevServer ending = server;
        String id = spawnAfresh();
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawClient client = new RawClient(server).get("/v2/backend/" + id + "/status/stream");
            client.head();
            clients.add(client);
        }
        Duration took = Promptness.of(ending::close);

        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), ending.port()).close());
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("jamsocket-dev-" + ending.port()));
        for (RawClient client : clients) {
            assertThat(client.end()).isEqualTo(RawClient.End.RESET);
            client.close();
        }
        ending.close();
        assertThatIllegalStateException().isThrownBy(ending::spawnCount).withMessageContaining("closed");
        return took;
    }

    @Test
    void canBeClosedByItsOwnListener() throws Exception {
        AtomicReference<JamsocketDevServer> self = new AtomicReference<>();
        use(JamsocketDevServer.builder().lifecycle(Lifecycle.manual()).onChange((id, state) -> self.get()
                .close()));
        self.set(server);
        try (RawClient client = new RawClient(server).post("/v2/service/a/s/connect", "{}")) {
            client.end();
        }
        eventually("the port to be free", () -> {
            try (ServerSocket again = new ServerSocket(server.port(), 1, InetAddress.getLoopbackAddress())) {
                return again.isBound();
            } catch (IOException e) {
                return false;
            }
        });
    }

    private List<BackendStatus> statusesOf(String id) {
        return server.backends().stream()
                .filter(backend -> backend.id().equals(id))
                .flatMap(backend -> backend.history().stream())
                .map(BackendState::status)
                .toList();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.example:8080",
                "ftp://dev.example/",
                "http:/dev",
                "http://dev.example/?a",
                "https://dev.example/#a",
                "http://dev.example:0/",
                "http://dev.example:65536/",
                "http://user:secret@dev.example/"
            })
    void refusesAPublicAddressThatIsNone(String url) {
        JamsocketDevServer.Builder builder = JamsocketDevServer.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.publicUrl(URI.create(url)))
                .withMessageStartingWith("the public address must ")
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.publicConnectionUrl(URI.create(url)))
                .withMessageStartingWith("the public address must ")
                .withMessageNotContaining("secret");
    }

    private static InetAddress loopback6() throws IOException {
        return InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    }

    @Test
    void writesAnAddressOfIpv6InBrackets() throws IOException {
        assumeThat(NetworkInterface.getByInetAddress(loopback6())).isNotNull();
        use(JamsocketDevServer.builder().host("::1"));
        assertThat(server.url()).hasToString("http://[::1]:" + server.port() + "/");
        assertThat(http.connect("{}").getString("url")).startsWith("http://[::1]:");
        use(JamsocketDevServer.builder().host("[::1]"));
        assertThat(server.url()).hasToString("http://[::1]:" + server.port() + "/");
    }

    @Test
    void keepsTheLastLinesOfALogAndCutsLongOnes() {
        useByHand();
        DevBackend backend = server.backend(http.spawn());
        backend.log("x".repeat(10_000));
        assertThat(backend.logLines()).containsExactly("x".repeat(8 * 1024) + " …");
        for (int i = 1; i <= 1_001; i++) {
            backend.log("line " + i);
        }
        assertThat(backend.logLines()).hasSize(1_000).startsWith("line 2").endsWith("line 1001");
        // Those may say why it has ended.
        backend.crash(1);
        assertThat(backend.logLines()).hasSize(100).startsWith("line 902").endsWith("line 1001");
    }

    @ParameterizedTest
    @CsvSource({"svc, true", "acct/svc, true", "other, false", "acct/other, false", "vc, false"})
    void findsABackendByItsServiceAndKey(String service, boolean found) {
        useByHand();
        String id = http.connect("{\"key\":\"k\"}").getString("backend_id");
        http.post("/v2/service/acct/third/connect", "{\"key\":\"k2\"}");
        if (found) {
            assertThat(server.backendOfKey(service, "k").id()).isEqualTo(id);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.backendOfKey(service, "k"))
                    .withMessageContaining(service);
        }
    }

    @Test
    void findsABackendByItsKeyInTheNamespaceOfPlane() {
        useByHand();
        String spawn = "\"spawn_config\":{\"executable\":{\"image\":\"x\"}}";
        String plain = "{\"key\":{\"name\":\"k\"}," + spawn + "}";
        String id = Http.json(http.post("/ctrl/connect", plain)).getString("backend_id");
        http.post("/ctrl/connect", "{\"key\":{\"name\":\"k\",\"namespace\":\"a/n\"}," + spawn + "}");
        assertThat(server.backendOfKey("", "k").id()).isEqualTo(id);
        assertThat(server.backendOfKey("a/n", "k").id()).isNotEqualTo(id);
        // There the slash is no service's.
        assertThatIllegalArgumentException().isThrownBy(() -> server.backendOfKey("n", "k"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.backendOfKey("k"))
                .withMessageContaining("several services");
    }

    @Test
    void tellsItsListenerOfEachLineOfALog() {
        List<String> told = new CopyOnWriteArrayList<>();
        use(JamsocketDevServer.builder().lifecycle(Lifecycle.manual()).onLog((id, line) -> {
            told.add(id + ": " + line);
            throw new IllegalStateException("a listener that fails, as it is to");
        }));
        DevBackend backend = server.backend(http.spawn());
        backend.log("one");
        backend.log("two");
        assertThat(told).containsExactly(backend.id() + ": one", backend.id() + ": two");
        assertThat(backend.logLines()).containsExactly("one", "two");
    }

    @Test
    void hasConnectionUrlsForNoOtherPath() throws IOException {
        try (RawClient client = new RawClient(server.connectionUrl())) {
            assertThat(client.get("/").answer().status()).isEqualTo(400);
            assertThat(client.get("/none").answer().status()).isEqualTo(410);
            client.send("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(410);
        }
    }
}
