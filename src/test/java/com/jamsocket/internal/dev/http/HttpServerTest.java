package com.jamsocket.internal.dev.http;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.jamsocket.testkit.RawClient;
import com.jamsocket.testkit.RawClient.End;
import com.jamsocket.testkit.RawClient.Response;
import com.jamsocket.testkit.ReservedPort;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 as bytes (RFC 9110, RFC 9112). */
@Timeout(60)
class HttpServerTest {

    private static final String ECHO = "/echo";
    private static final int MIB = 1 << 20;

    private EventLoop loop;
    private HttpServer server;
    private URI url;
    private RawClient client;

    @BeforeEach
    void connect() throws IOException {
        loop = new EventLoop();
        server = new HttpServer(loop, HttpServer.loopback(), 0);
        url = URI.create("http://127.0.0.1:" + server.port() + "/");
        server.serve(HttpServerTest::answer);
        loop.start("http-server-test");
        client = new RawClient(url);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        loop.close();
    }

    /** Shows the request, sends one event, or knows nothing. */
    private static void answer(Exchange exchange) {
        HttpRequest request = exchange.request();
        if (request.path().startsWith(ECHO)) {
            String body = new String(request.body(), StandardCharsets.UTF_8);
            exchange.reply(HttpReply.text(200, request.method() + " " + request.path() + "\n" + body));
        } else if (request.path().equals("/stream")) {
            exchange.stream(Map.of(), () -> {}).accept("data: event\n\n");
        } else {
            exchange.reply(HttpReply.empty(404));
        }
    }

    private int connections() {
        return loop.call(server::connections);
    }

    @Test
    void answersManyRequestsOnOneConnection() throws IOException {
        for (int i = 1; i <= 50; i++) {
            assertThat(client.post(ECHO, "{}").answer().status()).isEqualTo(200);
        }
        assertThat(connections()).isEqualTo(1);
    }

    @Test
    void answersRequestsSentAheadInTheirOrder() throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            requests.append("GET /echo/").append(i).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        client.send(requests.toString());
        for (int i = 0; i < 20; i++) {
            assertThat(client.answer().body()).isEqualTo("GET /echo/" + i + "\n");
        }
    }

    @Test
    void answersAnyNumberOfRequestsSentAhead() throws Exception {
        int count = 5_000;
        Thread sender = new Thread(() -> {
            try {
                client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(count));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        sender.start();
        for (int i = 0; i < count; i++) {
            assertThat(client.answer().status()).isEqualTo(404);
        }
        sender.join();
    }

    @Test
    void dropsAClientThatSendsWithoutEndWhileItIsAnswered() throws IOException {
        client.get("/stream").head();
        byte[] flood = new byte[64 * 1024];
        assertThat(floodIsRefused(flood)).isTrue();
    }

    private boolean floodIsRefused(byte[] flood) {
        try {
            for (int i = 0; i < 1_000; i++) {
                client.send(flood);
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void takesBodiesInChunks() throws IOException {
        client.send("POST " + ECHO + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n"
                + "5;x=y\r\nhello\r\n7\r\n, world\r\n0\r\nX-Trailer: read over\r\n\r\n");
        assertThat(client.answer().body()).endsWith("\nhello, world");
        client.send("POST " + ECHO + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(200);
    }

    @Test
    void readsRequestsByteByByte() throws IOException {
        String request = "\r\nPOST " + ECHO + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "2\r\nab\r\n1\r\nc\r\n0\r\nT: x\r\n\r\n" + "POST " + ECHO
                + " HTTP/1.1\nHost: x\nContent-Length: 3\n\nxyz";
        for (byte b : request.getBytes(StandardCharsets.US_ASCII)) {
            client.send(new byte[] {b});
        }
        assertThat(client.answer().body()).endsWith("\nabc");
        assertThat(client.answer().body()).endsWith("\nxyz");
    }

    @Test
    void tellsAClientThatWaitsToGoOn() throws IOException {
        client.send("POST " + ECHO + " HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n");
        assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue");
        client.send("{}");
        assertThat(client.answer().status()).isEqualTo(200);

        client.send("POST " + ECHO + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(client.head()).startsWith("HTTP/1.1 200");
    }

    @Test
    void takesHeadsOfUpTo16KiB() throws IOException {
        String start = "GET " + ECHO + " HTTP/1.1\r\nHost: x\r\nX: ";
        String fits = start + "x".repeat(16 * 1024 - start.length() - 4) + "\r\n\r\n";
        assertThat(client.send(fits).answer().status()).isEqualTo(200);
        assertThat(client.send(fits.replace("X: ", "X: x")).answer().status()).isEqualTo(431);
        assertThat(client.end()).isEqualTo(End.FIN);
    }

    @Test
    void refusesAHeadWithoutEnd() throws IOException {
        assertThat(client.send("x".repeat(17 * 1024)).answer().status()).isEqualTo(431);
        assertThat(client.end()).isEqualTo(End.FIN);
    }

    @Test
    void takesBodiesOfUpTo2MiB() throws IOException {
        client.send("POST " + ECHO + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + 2 * MIB + "\r\n\r\n");
        assertThat(client.send(new byte[2 * MIB]).answer().status()).isEqualTo(200);
    }

    @Test
    void letsAClientSeeThatItsBodyIsTooLongWhileItStillSends() throws IOException {
        boolean sent = false;
        for (int tries = 0; tries < 5 && !sent; tries++) {
            client.close();
            client = new RawClient(url);
            long start = System.nanoTime();
            sent = sendsOnThoughItsBodyIsTooLong();
            // The server reads on for a second: whoever is held up for longer comes too late.
            assertThat(sent || System.nanoTime() - start > Duration.ofSeconds(1).toNanos())
                    .isTrue();
        }
        assertThat(sent).isTrue();
    }

    private boolean sendsOnThoughItsBodyIsTooLong() throws IOException {
        client.send("POST " + ECHO + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + 3 * MIB + "\r\n\r\n");
        Response answer = client.answer();
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.headers()).containsEntry("connection", "close");
        try {
            for (int i = 0; i < 3; i++) {
                client.send(new byte[MIB]);
            }
        } catch (IOException e) {
            return false;
        }
        return client.end() == End.FIN;
    }

    @Test
    void refusesChunksThatAreTooMuchTogether() throws IOException {
        client.send("POST " + ECHO + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n");
        client.send(new byte[MIB]).send("\r\n100001\r\n");
        assertThat(client.answer().status()).isEqualTo(413);
    }

    @Test
    void endsARefusedConnectionThatItsClientKeepsOpen() throws Exception {
        // An answer shows that the connection has been accepted, and so is counted.
        client.send("GET " + ECHO + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(200);
        int connections = connections();
        client.send("nonsense\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(400);
        eventually("the connection to be closed", () -> connections() < connections);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET  / HTTP/1.1",
                "GET / HTTP/2.0",
                "GET / HTTP/1.10",
                "GET / HTTP/1.x",
                "GET / HTTP/1./",
                "GET / HTTP/1.1 x",
                " / HTTP/1.1",
                "G(T / HTTP/1.1",
                "GET nowhere HTTP/1.1\r\nHost: x",
                "G\u007fT / HTTP/1.1\r\nHost: x",
                "GET / HTTP/1.1\r\nHost: x\r\nno colon",
                "GET / HTTP/1.1\r\nHost: x\r\n: no name",
                "GET / HTTP/1.1\r\nHost: x\r\nspace : x",
                "GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n folded",
                "GET / HTTP/1.1",
                "GET / HTTP/1.1\r\nHost: x\r\nhost: x",
                "GET / HTTP/1.0\r\nHost: x\r\nHost: y",
                "GET / HTTP/1.1\r\nHost: x\r\nX: a\0b",
                "GET / HTTP/1.1\r\nHost: x\r\nX: a\rY: b",
                "GET / HTTP/1.1\r\nHost: x\r\nX: a\r",
                "GET /\r HTTP/1.1\r\nHost: x",
                "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: x",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nx",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1ffffffffffffffff"
            })
    void refusesWhatIsNoRequest(String request) throws IOException {
        client.send(request + "\r\n\r\n");
        Response answer = client.answer();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers()).containsEntry("content-type", "text/plain; charset=utf-8");
        assertThat(answer.body()).isNotBlank();
        assertThat(client.end()).isEqualTo(End.FIN);
    }

    @Test
    void refusesAnotherProtocolWithoutWaitingForALine() throws IOException {
        byte[] beginningOfTlsHandshake = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc, 0x03, 0x03};
        client.send(beginningOfTlsHandshake);
        assertThat(client.answer().status()).isEqualTo(400);
        assertThat(client.end()).isEqualTo(End.FIN);
    }

    @ParameterizedTest
    @CsvSource({"gzip, 501", "'chunked, chunked', 501"})
    void refusesOtherTransferEncodings(String encoding, int status) throws IOException {
        client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + encoding + "\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(status);
    }

    @Test
    void refusesChunkLinesAndTrailersWithoutEnd() throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(client.send(head + "0".repeat(1024)).answer().status()).isEqualTo(400);
        try (RawClient other = new RawClient(url)) {
            other.send(head + "0\r\nX: " + "x".repeat(17 * 1024));
            assertThat(other.answer().status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://x.example:1", "HTTPS://x"})
    void takesWholeAddresses(String origin) throws IOException {
        assertThat(client.send("GET " + origin + "/echo HTTP/1.1\r\nHost: x\r\n\r\n")
                        .answer()
                        .status())
                .isEqualTo(200);
        assertThat(client.send("GET " + origin + " HTTP/1.1\r\nHost: x\r\n\r\n")
                        .answer()
                        .status())
                .isEqualTo(404);
        assertThat(client.send("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").answer().status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0\r\n\r\n",
                "HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
                "HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Close\r\n\r\n"
            })
    void endsTheConnectionWhereTheRequestIsTheLast(String rest) throws IOException {
        Response answer = client.send("GET /echo " + rest).answer();
        assertThat(answer.headers()).containsEntry("connection", "close");
        assertThat(answer.body()).isEqualTo("GET /echo\n");
        assertThat(client.end()).isEqualTo(End.FIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET / HTTP/1.1\r\nHost: x\r\nX: ",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n1"
            })
    void endsHalfRequests(String half) throws IOException {
        loop.call(() -> {
            server.requestTimeout(Duration.ofMillis(50));
            return true;
        });
        try (RawClient idle = new RawClient(url);
                RawClient slow = new RawClient(url)) {
            idle.get(ECHO).answer();
            slow.get("/stream").head();
            slow.send(half);
            client.close();
            client = new RawClient(url);
            assertThat(client.send(half).answer().status()).isEqualTo(408);
            assertThat(client.end()).isEqualTo(End.FIN);
            // What waits for an answer, or for nothing, may do so.
            assertThat(idle.get(ECHO).answer().status()).isEqualTo(200);
            assertThat(connections()).isGreaterThanOrEqualTo(2);
        }
    }

    private static InetAddress loopback6() throws IOException {
        return InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    }

    @Test
    void listensOnBothLoopbackAddresses() throws IOException {
        assumeThat(NetworkInterface.getByInetAddress(loopback6())).isNotNull();
        try (RawClient there = new RawClient(URI.create("http://[::1]:" + server.port() + "/"))) {
            assertThat(there.get(ECHO).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void framesStreamsByChunksOrByTheEnd() throws IOException {
        try (RawClient old = new RawClient(url)) {
            assertThat(client.get("/stream").head()).contains("Transfer-Encoding: chunked");
            assertThat(client.until("\r\n")).matches("[0-9a-f]+\r\n");
            old.send("GET /stream HTTP/1.0\r\n\r\n");
            assertThat(old.head()).contains("Connection: close").doesNotContain("chunked");
            assertThat(old.until("\n\n")).isEqualTo("data: event\n\n");
        }
    }

    @Test
    void resetsAllConnectionsWhenTold() throws IOException {
        List<RawClient> clients = List.of(new RawClient(url), new RawClient(url));
        clients.get(0).get("/stream").head();
        clients.get(1).get(ECHO).answer();
        loop.execute(server::dropConnections);
        loop.call(() -> true);
        assertThat(connections()).isZero();
        for (RawClient dropped : clients) {
            assertThat(dropped.end()).isEqualTo(End.RESET);
            dropped.close();
        }
    }

    private void answerWith(Consumer<Exchange> answer) throws IOException {
        answerWith(answer, request -> false);
    }

    private void answerWith(Consumer<Exchange> answer, Predicate<HttpRequest> streamed) throws IOException {
        loop.call(() -> {
            server.serve(answer, streamed);
            return true;
        });
        client.close();
        client = new RawClient(url);
    }

    @ParameterizedTest
    @CsvSource({"200, OK", "401, Unauthorized", "410, Gone", "502, Bad Gateway", "504, Gateway Timeout", "599, Status"})
    void saysWhatAStatusMeans(int status, String reason) throws IOException {
        answerWith(exchange -> exchange.reply(HttpReply.empty(status)));
        assertThat(client.get("/").head()).startsWith("HTTP/1.1 " + status + " " + reason + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void sendsNoBodyWhereAStatusHasNone(int status) throws IOException {
        answerWith(exchange -> exchange.reply(HttpReply.text(status, "not to be sent")));
        client.get("/").get("/");
        for (int i = 0; i < 2; i++) {
            assertThat(client.head()).startsWith("HTTP/1.1 " + status).doesNotContainIgnoringCase("content-length");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Forged: 1", "a\nX-Forged: 1", "a\rX-Forged: 1", "a\0b"})
    void letsNoValueBecomeAnotherHeader(String value) throws IOException {
        answerWith(exchange -> exchange.reply(HttpReply.empty(200).with(Map.of("x-given", value))));
        assertThat(client.get("/").answer().headers()).containsOnlyKeys("content-length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "Transfer-Encoding", "Connection"})
    void framesABodyItself(String header) throws IOException {
        answerWith(exchange -> exchange.reply(HttpReply.text(200, "text").with(Map.of(header, "1"))));
        for (int i = 0; i < 2; i++) {
            Response answer = client.get("/").answer();
            assertThat(answer.body()).isEqualTo("text");
            assertThat(answer.headers()).containsOnlyKeys("content-type", "content-length");
        }
    }

    @Test
    void prefersAHeaderThatIsThereAlready() throws IOException {
        answerWith(
                exchange -> exchange.reply(HttpReply.text(200, "").with(Map.of("Content-Type", "x", "x-more", "1"))));
        assertThat(client.get("/").answer().headers())
                .containsEntry("content-type", "text/plain; charset=utf-8")
                .containsEntry("x-more", "1");
    }

    @Test
    void answersARequestOnce() throws IOException {
        answerWith(exchange -> {
            exchange.reply(HttpReply.text(200, exchange.request().path()));
            exchange.reply(HttpReply.text(500, "a second answer"));
        });
        client.get("/1").get("/2");
        assertThat(client.answer().body()).isEqualTo("/1");
        assertThat(client.answer().body()).isEqualTo("/2");
    }

    @Test
    void takesNothingOfABodyThatNobodyReadsForARequest() throws IOException {
        AtomicInteger handled = new AtomicInteger();
        answerWith(
                exchange -> {
                    handled.incrementAndGet();
                    exchange.reply(HttpReply.empty(404));
                },
                request -> true);
        String hidden = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + hidden);
        assertThat(client.answer().headers()).containsEntry("connection", "close");
        client.send(hidden);
        assertThat(client.end()).isEqualTo(End.FIN);
        assertThat(handled).hasValue(1);
    }

    @Test
    void answersNobodyWhoIsGone() throws IOException {
        AtomicInteger handled = new AtomicInteger();
        CompletableFuture<Boolean> open = new CompletableFuture<>();
        AtomicReference<RawClient> leaving = new AtomicReference<>();
        answerWith(exchange -> {
            handled.incrementAndGet();
            leaving.get().reset();
            exchange.reply(HttpReply.empty(200));
            open.complete(exchange.isOpen());
        });
        leaving.set(client);
        client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(open.join()).isFalse();
        eventually("the client to be missed", () -> connections() == 0);
        assertThat(handled).hasValue(1);
    }

    @Test
    void sendsNothingToAStreamWhoseClientIsGone() throws IOException {
        AtomicInteger gone = new AtomicInteger();
        CompletableFuture<Exchange> begun = new CompletableFuture<>();
        CompletableFuture<Consumer<String>> stream = new CompletableFuture<>();
        answerWith(exchange -> {
            stream.complete(exchange.stream(Map.of(), gone::incrementAndGet));
            begun.complete(exchange);
        });
        client.get("/").head();
        client.reset();
        eventually("the client to be missed", () -> connections() == 0);
        boolean open = loop.call(() -> {
            stream.join().accept("data: late\n\n");
            begun.join().reply(HttpReply.empty(200));
            return begun.join().isOpen();
        });
        assertThat(open).isFalse();
        assertThat(gone).hasValue(1);
    }

    @Test
    void endsAStreamAfterWhatWasSentOfIt() throws IOException {
        answerWith(exchange -> {
            Consumer<String> stream = exchange.stream(Map.of(), () -> {});
            exchange.slowDown();
            stream.accept("data: 1\n\n");
            stream.accept("data: 2\n\n");
            exchange.drop(false);
        });
        client.get("/").head();
        assertThat(client.rest()).isEqualTo("9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\n");
        try (RawClient old = new RawClient(url)) {
            old.send("GET / HTTP/1.0\r\n\r\n").head();
            assertThat(old.rest()).isEqualTo("data: 1\n\ndata: 2\n\n");
        }
    }

    @Test
    void sendsOnlyTheHeadOfAStreamThatIsAskedForWithHead() throws IOException {
        client.send("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n").get(ECHO);
        assertThat(client.head()).contains("text/event-stream").doesNotContain("chunked");
        assertThat(client.answer().body()).isEqualTo("GET /echo\n");
    }

    @Test
    void losesOneConnectionWhereAHandlerFails() throws IOException {
        try (RawClient other = new RawClient(url)) {
            assertThat(other.get(ECHO).answer().status()).isEqualTo(200);
            answerWith(exchange -> {
                throw new IllegalStateException("a handler that fails, as it is to");
            });
            assertThat(client.get("/").end()).isEqualTo(End.RESET);
            assertThat(other.get(ECHO).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void answersWith503BeforeItKnowsWhatToServe() throws Exception {
        EventLoop starting = new EventLoop();
        HttpServer unready = new HttpServer(starting, HttpServer.loopback(), 0);
        starting.start("http-server-test-starting");
        try (RawClient early = new RawClient(URI.create("http://127.0.0.1:" + unready.port() + "/"))) {
            assertThat(early.get("/").answer().status()).isEqualTo(503);
        } finally {
            starting.close();
        }
    }

    @Test
    void takesNoPortOfWhichSomebodyElseHasTheOtherAddress() throws Exception {
        assumeThat(NetworkInterface.getByInetAddress(loopback6())).isNotNull();
        EventLoop starting = new EventLoop();
        try (ServerSocket other = new ServerSocket(0, 1, loopback6())) {
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> new HttpServer(starting, HttpServer.loopback(), other.getLocalPort()));
        } finally {
            starting.close();
        }
    }

    @Test
    void listensOnOneAddressWhereItIsToldTo() throws Exception {
        assumeThat(NetworkInterface.getByInetAddress(loopback6())).isNotNull();
        EventLoop starting = new EventLoop();
        // Of the same number on the other address, on which so nobody else listens.
        ReservedPort reserved = new ReservedPort();
        HttpServer there = new HttpServer(starting, loopback6(), reserved.forServer());
        starting.start("http-server-test-starting");
        try (reserved;
                RawClient early = new RawClient(URI.create("http://[::1]:" + there.port() + "/"))) {
            assertThat(early.get("/").answer().status()).isEqualTo(503);
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> new RawClient(URI.create("http://127.0.0.1:" + there.port() + "/")).close());
        } finally {
            starting.close();
        }
    }
}
