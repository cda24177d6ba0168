package com.jamsocket.internal.dev.http;

import static com.jamsocket.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.testkit.RawClient;
import com.jamsocket.testkit.RawClient.End;
import com.jamsocket.testkit.RawClient.Response;
import com.jamsocket.testkit.SocketServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes between a client and the server that answers it (RFC 9110, RFC 9112): bytes on both sides. */
@Timeout(60)
class RelayTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Consumer<Exchange> beforeRequest = exchange -> {};
    private volatile UnaryOperator<ResponseHead> beforeAnswer = UnaryOperator.identity();
    private SocketServer answering;
    private EventLoop loop;
    private HttpServer server;
    private URI url;
    private RawClient client;

    /** What the server does on its connections, the first of which is 1. */
    private interface Script {
        void serve(Socket socket, int connection) throws IOException;
    }

    private void start(Script script) throws IOException {
        answering = new SocketServer(socket -> {
            socket.setTcpNoDelay(true);
            script.serve(socket, connections.incrementAndGet());
        });
        start(answering.address());
    }

    /** Answers each request with the next of these, and the last of them from then on. */
    private void startAnswering(String... answers) throws IOException {
        start((socket, connection) -> {
            while (true) {
                request(socket);
                write(socket, answers[Math.min(requests.size(), answers.length) - 1]);
            }
        });
    }

    private void start(InetSocketAddress address) throws IOException {
        loop = new EventLoop();
        server = new HttpServer(loop, HttpServer.loopback(), 0);
        server.serve(
                exchange -> {
                    beforeRequest.accept(exchange);
                    exchange.relay(new RelayedRequest(
                            address,
                            exchange.request(),
                            head -> beforeAnswer.apply(head),
                            HttpReply::empty,
                            ended::incrementAndGet));
                },
                request -> true);
        loop.start("relay-test");
        url = URI.create("http://127.0.0.1:" + server.port() + "/");
        client = new RawClient(url);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        loop.close();
        if (answering != null) {
            answering.close();
        }
    }

    private String request(Socket socket) throws IOException {
        String head = SocketServer.head(socket.getInputStream());
        requests.add(head);
        return head;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static void close(Socket socket, boolean reset) throws IOException {
        if (reset) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    private static void readToEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        while (in.read() >= 0) {
            // What comes is not of interest.
        }
    }

    private Response get() throws IOException {
        return client.get("/").answer();
    }

    private void assertOver(int count) {
        eventually(count + " to be over", () -> ended.get() == count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 20",
                "HTTP/2.0 200 OK",
                "HTTP/1.x 200 OK",
                "HTTP/1.1\t200 OK",
                "HTTP/1.1 /00 OK",
                "HTTP/1.1 600 OK",
                "HTTP/1.1 2x0 OK",
                "HTTP/1.1 20x OK",
                "HTTP/1.1 20/ OK",
                "HTTP/1.1 2000 OK",
                "\nHTTP/1.1 200 OK",
                "SSH-2.0-OpenSSH",
                "HTTP/1.1 200 OK\r\nno colon",
                "HTTP/1.1 200 OK\r\n: no name",
                "HTTP/1.1 200 OK\r\nX: a\r\n b: folded",
                "HTTP/1.1 200 OK\r\nX: a\r\n\tb: folded",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2",
                "HTTP/1.1 200 OK\r\nContent-Length: x"
            })
    void saysThatAnAnswerIsNone(String answer) throws IOException {
        startAnswering(answer + "\r\n\r\n", OK);
        assertThat(get().status()).isEqualTo(502);
        assertOver(1);
        // The client is not to blame.
        assertThat(get().body()).isEqualTo("ok");
    }

    @Test
    void saysThatAHeadHasNoEnd() throws IOException {
        start((socket, connection) -> {
            request(socket);
            write(socket, "HTTP/1.1 200 OK\r\nX: " + "x".repeat(65 * 1024));
            readToEnd(socket);
        });
        assertThat(get().status()).isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void saysThatAServerEndsWithoutAnAnswer(boolean reset) throws IOException {
        start((socket, connection) -> {
            request(socket);
            close(socket, reset);
        });
        assertThat(get().status()).isEqualTo(502);
        assertThat(client.post("/", "x").answer().status()).isEqualTo(502);
        assertOver(2);
    }

    @Test
    void saysThatNoWayLeadsToAServer() throws IOException {
        byte[] everybody = {(byte) 255, (byte) 255, (byte) 255, (byte) 255};
        start(new InetSocketAddress(InetAddress.getByAddress(everybody), 1));
        assertThat(get().status()).isEqualTo(502);
        assertThat(get().status()).isEqualTo(502);
        assertOver(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200', 'HTTP/1.1 200 '",
        "'HTTP/1.1 200 ', 'HTTP/1.1 200 '",
        "'HTTP/1.0 200 Very well', 'HTTP/1.1 200 Very well'"
    })
    void takesAnyReason(String status, String shown) throws IOException {
        startAnswering(status + "\nContent-Length: 2\n\nok");
        assertThat(client.get("/").head()).startsWith(shown + "\r\n");
        assertThat(client.until("ok")).isEqualTo("ok");
    }

    @Test
    void takesAnAnswerByteByByte() throws IOException {
        start((socket, connection) -> {
            request(socket);
            String hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
            String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            String answer = hints + head + "2;x=y\r\nok\r\n0\r\nT: x\r\n\r\n";
            for (byte next : answer.getBytes(ISO_8859_1)) {
                socket.getOutputStream().write(next);
            }
            readToEnd(socket);
        });
        assertThat(client.get("/").head()).isEqualTo("HTTP/1.1 103 Early Hints\r\nLink: </a>");
        assertThat(client.head()).isEqualTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked");
        assertThat(client.until("T: x\r\n\r\n")).isEqualTo("2;x=y\r\nok\r\n0\r\nT: x\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"GET, 204 No Content", "GET, 304 Not Modified", "HEAD, 200 OK"})
    void knowsWhichAnswersHaveNoBody(String method, String status) throws IOException {
        startAnswering("HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n\r\n", OK);
        client.send(method + " / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.head()).isEqualTo("HTTP/1.1 " + status + "\r\nContent-Length: 5");
        assertThat(get().body()).isEqualTo("ok");
        assertThat(connections).hasValue(1);
    }

    @Test
    void passesOneLengthOfABodyAndNotTwo() throws IOException {
        startAnswering(
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        assertThat(client.get("/").head()).isEqualTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked");
        assertThat(client.until("0\r\n\r\n")).isEqualTo("2\r\nok\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: gzip", "X: no length"})
    void endsABodyOfUnknownLengthWithTheConnection(String header) throws IOException {
        start((socket, connection) -> {
            request(socket);
            write(socket, "HTTP/1.1 200 OK\r\n" + header + "\r\n\r\nall there is");
        });
        assertThat(client.get("/").head()).endsWith("\r\n" + header + "\r\nconnection: close");
        assertThat(client.rest()).isEqualTo("all there is");
        assertOver(1);
    }

    @Test
    void tellsAClientThatWantsNoMoreThatTheConnectionEnds() throws IOException {
        startAnswering(OK);
        Response answer = client.get("/", "Connection: close").answer();
        assertThat(answer.headers()).containsEntry("connection", "close");
        assertThat(client.end()).isEqualTo(End.FIN);
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1, x, 1", "HTTP/1.1, 'x, Close', 2", "HTTP/1.0, keep-alive, 2"})
    void usesAConnectionAgainAsItsServerSays(String version, String connection, int used) throws IOException {
        startAnswering(version + " 200 OK\r\nConnection: " + connection + "\r\nContent-Length: 2\r\n\r\nok");
        assertThat(get().body()).isEqualTo("ok");
        assertThat(get().body()).isEqualTo("ok");
        assertThat(connections).hasValue(used);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok, and more than it said",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nmore",
                "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong"
            })
    void takesNothingThatFollowsAnAnswerForTheNext(String tooMuch) throws IOException {
        startAnswering(tooMuch, OK);
        try (RawClient first = new RawClient(url)) {
            first.get("/").head();
            assertOver(1);
            assertThat(get().body()).isEqualTo("ok");
        }
        assertThat(connections).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asksAgainWhereAUsedConnectionEndsWithoutAnAnswer(boolean reset) throws IOException {
        start((socket, connection) -> {
            request(socket);
            write(socket, OK);
            request(socket);
            if (connection == 1) {
                close(socket, reset);
            } else {
                write(socket, OK);
            }
        });
        assertThat(get().body()).isEqualTo("ok");
        // The second is asked for twice, and the third once more.
        assertThat(get().body()).isEqualTo("ok");
        assertThat(get().body()).isEqualTo("ok");
        assertThat(connections).hasValue(2);
        assertThat(requests).hasSize(4);
        assertOver(3);
    }

    @Test
    void asksAgainWhereAUsedConnectionIsFoundToBeGone() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        start((socket, connection) -> {
            request(socket);
            write(socket, OK);
            if (connection == 1) {
                await(asked);
                close(socket, true);
                gone.countDown();
            }
        });
        assertThat(get().body()).isEqualTo("ok");
        beforeRequest = exchange -> {
            asked.countDown();
            await(gone);
        };
        assertThat(get().body()).isEqualTo("ok");
        assertThat(connections).hasValue(2);
        assertOver(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void asksAgainForAClientThatSendsNoMore() throws IOException {
        start((socket, connection) -> {
            request(socket);
            if (connection == 1) {
                write(socket, OK);
                request(socket);
                readToEnd(socket);
            } else {
                readToEnd(socket);
                write(socket, OK);
            }
        });
        assertThat(get().body()).isEqualTo("ok");
        assertThat(client.get("/").endOutput().answer().body()).isEqualTo("ok");
        assertThat(client.end()).isEqualTo(End.FIN);
        assertThat(connections).hasValue(2);
    }

    @Test
    void asksNotAgainWhereAnAnswerHasBegun() throws IOException {
        start((socket, connection) -> {
            request(socket);
            write(socket, OK);
            request(socket);
            write(socket, "HTTP/1.1 2");
        });
        assertThat(get().body()).isEqualTo("ok");
        assertThat(get().status()).isEqualTo(502);
        assertThat(requests).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"POST, 2", "PATCH, 2", "PUT, 1", "DELETE, 1"})
    void risksNoRequestThatMustNotBeMadeTwice(String method, int used) throws IOException {
        startAnswering(OK);
        assertThat(get().body()).isEqualTo("ok");
        client.send(method + " / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
        assertThat(client.answer().body()).isEqualTo("ok");
        assertThat(connections).hasValue(used);
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 5, ok, true", "Content-Length: 5, ok, false", "Transfer-Encoding: chunked, xx, false"})
    void letsAClientSeeThatABodyBreaksOff(String length, String body, boolean reset) throws IOException {
        CompletableFuture<Void> headSeen = new CompletableFuture<>();
        start((socket, connection) -> {
            request(socket);
            write(socket, "HTTP/1.1 200 OK\r\n" + length + "\r\n\r\n");
            headSeen.join();
            write(socket, body + "\r\n");
            close(socket, reset);
        });
        assertThat(client.get("/").head()).endsWith(length);
        headSeen.complete(null);
        assertThat(client.end()).isEqualTo(End.RESET);
        assertOver(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nok"
            })
    void isOverForAClientThatIsGoneWhenItIsAnswered(String answer) throws Exception {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        start((socket, connection) -> {
            request(socket);
            write(socket, answer);
            end.complete(endOf(socket));
        });
        RawClient asking = client;
        beforeAnswer = head -> {
            asking.reset();
            return head;
        };
        asking.get("/");
        assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
        assertOver(1);
        assertThat(loop.call(server::connections)).isZero();
    }

    private static int endOf(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException e) {
            // A reset is an end too.
            return -1;
        }
    }

    @Test
    void asksNoServerForAClientThatIsGone() throws IOException {
        startAnswering(OK);
        RawClient asking = client;
        CompletableFuture<Exchange> waiting = new CompletableFuture<>();
        beforeRequest = waiting::complete;
        // It is relayed at once, and once more when the client is gone.
        assertThat(asking.get("/").answer().body()).isEqualTo("ok");
        asking.reset();
        eventually("the client to be missed", () -> loop.call(server::connections) == 0);
        AtomicInteger endedAtOnce = new AtomicInteger();
        int count = loop.call(() -> {
            Exchange exchange = waiting.join();
            exchange.relay(new RelayedRequest(
                    answering.address(),
                    exchange.request(),
                    UnaryOperator.identity(),
                    HttpReply::empty,
                    endedAtOnce::incrementAndGet));
            return endedAtOnce.get();
        });
        assertThat(count).isEqualTo(1);
        assertThat(requests).hasSize(1);
    }

    @Test
    void endsARequestThatBreaksOff() throws IOException {
        start((socket, connection) -> readToEnd(socket));
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
                .endOutput();
        assertThat(client.end()).isEqualTo(End.RESET);
        assertOver(1);
    }

    @Test
    void passesAnAnswerThatComesBeforeTheWholeRequest() throws IOException {
        startAnswering("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nno!", OK);
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
        assertThat(client.answer()).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("no!");
        });
        // The rest of the body is no request, whatever it looks like.
        client.get("/");
        assertThat(client.end()).isEqualTo(End.FIN);
        assertThat(requests).hasSize(1);
    }

    @Test
    void goesOnWhenASlowConnectionHasSentItsAnswer() throws IOException {
        startAnswering(OK);
        beforeRequest = Exchange::slowDown;
        client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.answer().body()).isEqualTo("ok");
        assertThat(client.answer().body()).isEqualTo("ok");
        assertThat(requests).hasSize(2);
        assertOver(2);
    }

    @Test
    void keepsTheHeadersOfOneConnectionFromTheOther() throws IOException {
        String ofConnection = "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\nProxy-Connection: x\r\n";
        startAnswering("HTTP/1.1 200 OK\r\n" + ofConnection + "X-Own: 1\r\nContent-Length: 0\r\n\r\n");
        client.get("/?q", "Connection: X-Hop, keep-alive", "X-Hop: 1", "Keep-Alive: timeout=5", "X-Own: 1");
        assertThat(client.head()).isEqualTo("HTTP/1.1 200 OK\r\nX-Own: 1\r\nContent-Length: 0");
        assertThat(requests).containsExactly("GET /?q HTTP/1.1\r\nhost: localhost\r\nx-own: 1\r\n\r\n");
    }

    /** The proxy has put them in. */
    @Test
    void keepsWhatTheProxyVouchesForThoughAClientNamesItForItsConnection() throws IOException {
        startAnswering(OK);
        client.get(
                "/",
                "Connection: x-verified-username, X-Verified-Secret,x-forwarded-for",
                "X-Verified-Username: ann",
                "X-Verified-Secret: s",
                "X-Forwarded-For: 127.0.0.1");
        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(requests)
                .singleElement()
                .asString()
                .contains("\r\nx-verified-username: ann\r\n", "\r\nx-verified-secret: s\r\n")
                .contains("\r\nx-forwarded-for: 127.0.0.1\r\n")
                .doesNotContain("connection:");
    }

    /** Without its length a body would be read as a request of its own, with any names that the proxy vouches for. */
    @ParameterizedTest
    @CsvSource({"Content-Length: 5, hello", "Transfer-Encoding: chunked, '5\r\nhello\r\n0\r\n\r\n'"})
    void keepsWhatFramesARequestThoughAClientNamesItForItsConnection(String framing, String escaped)
            throws IOException {
        String body = escaped.translateEscapes();
        startAnswering(OK);
        client.send("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, Content-Length, host ,"
                + "transfer-encoding\r\n" + framing + "\r\n\r\n" + body);
        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(requests.get(0))
                .isEqualTo("POST / HTTP/1.1\r\nhost: localhost\r\n"
                        + framing.replace("Content-Length", "content-length")
                                .replace("Transfer-Encoding", "transfer-encoding")
                        + "\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.0, Upgrade", "HTTP/1.1, keep-alive"})
    void takesNoRequestForAnUpgradeThatIsNone(String version, String connection) throws IOException {
        startAnswering(OK);
        client.send("GET / " + version + "\r\nHost: x\r\nUpgrade: websocket\r\nConnection: " + connection + "\r\n\r\n");
        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("GET / " + version)
                .doesNotContain("connection:");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void letsBothSidesOfAnUpgradeEndWhenTheyAreDone(boolean clientFirst) throws IOException {
        start((socket, connection) -> {
            request(socket);
            write(socket, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nhello");
            if (clientFirst) {
                readToEnd(socket);
                write(socket, ", bye");
                socket.shutdownOutput();
            } else {
                write(socket, ", bye");
                socket.shutdownOutput();
                readToEnd(socket);
            }
        });
        client.get("/", "Connection: Upgrade", "Upgrade: x").send("ahead");
        assertThat(client.head()).endsWith("\r\nConnection: Upgrade\r\nUpgrade: x");
        client.until("hello");
        if (clientFirst) {
            client.endOutput();
        }
        assertThat(client.rest()).isEqualTo(", bye");
        if (!clientFirst) {
            client.endOutput();
        }
        assertOver(1);
    }
}
