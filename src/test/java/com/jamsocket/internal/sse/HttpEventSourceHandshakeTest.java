package com.jamsocket.internal.sse;

import static com.jamsocket.internal.sse.ScriptedServer.answer;
import static com.jamsocket.internal.sse.ScriptedServer.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.internal.sse.ScriptedServer.Request;
import com.jamsocket.internal.sse.ScriptedServer.Script;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpEventSourceHandshakeTest {
    @RegisterExtension
    final Sources sources = new Sources();

    private final Recorder recorder = new Recorder();
    private ScriptedServer server;
    private ScriptedServer other;
    private HttpEventSource source;

    @AfterEach
    void end() throws IOException {
        if (source != null) {
            source.close();
        }
        if (server != null) {
            server.close();
        }
        if (other != null) {
            other.close();
        }
    }

    @Test
    void asksForAnEventStreamAndNoCaching() throws Exception {
        open(stream().awaitFin());
        Request request = server.nextRequest();
        assertThat(request.line()).isEqualTo("GET /stream HTTP/1.1");
        assertThat(request.header("Accept")).containsExactly("text/event-stream");
        assertThat(request.header("Cache-Control")).containsExactly("no-cache");
        assertThat(request.header("Last-Event-ID")).isEmpty();
        assertThat(request.header("Upgrade")).isEmpty();
    }

    @Test
    void resumesAfterAGivenId() throws Exception {
        serve(stream().awaitFin());
        open(sources.of(server.uri()).lastEventId("ready"));
        assertThat(server.nextRequest().header("Last-Event-ID")).containsExactly("ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "a\tb", "\u007F"})
    void keepsAnIdToItselfThatNoHeaderCarries(String id) throws Exception {
        serve(stream().awaitFin());
        open(sources.of(server.uri()).lastEventId(id));
        assertThat(server.nextRequest().header("Last-Event-ID")).isEmpty();
    }

    @Test
    void sendsWhatTheApplicationsFiltersAdd() throws Exception {
        serve(stream().send("id:1\ndata:a\n\n"), stream().awaitFin());
        AtomicInteger calls = new AtomicInteger();
        sources.client.register((ClientRequestFilter) request -> {
            request.getHeaders().putSingle("Authorization", "Bearer " + calls.incrementAndGet());
            request.getHeaders().addAll("X-Many", "one", "two");
            request.getHeaders().putSingle("Accept", "application/json");
            request.getHeaders().putSingle("Accept-Encoding", "gzip");
            request.getHeaders().putSingle("Connection", "close");
            request.getHeaders().putSingle("Host", "elsewhere");
            request.setUri(URI.create(request.getUri() + "?filtered=yes"));
        });
        open(sources.of(server.uri()));

        Request first = server.nextRequest();
        assertThat(first.line()).isEqualTo("GET /stream?filtered=yes HTTP/1.1");
        assertThat(first.header("Authorization")).containsExactly("Bearer 1");
        assertThat(first.header("X-Many")).containsExactly("one", "two");
        assertThat(first.header("Accept")).containsExactly("text/event-stream");
        assertThat(first.header("Accept-Encoding")).containsExactly("identity");
        assertThat(first.header("Host"))
                .containsExactly("127.0.0.1:" + server.uri().getPort());
        assertThat(server.nextRequest().header("Authorization")).containsExactly("Bearer 2");
    }

    @Test
    void runsFiltersOnceThatAlwaysSetTheSame() throws Exception {
        serve(
                stream().send("id:1\ndata:a\n\n"),
                stream().send("id:2\ndata:b\n\n"),
                stream().awaitFin());
        AtomicInteger calls = new AtomicInteger();
        openWithFilter(
                request -> {
                    calls.incrementAndGet();
                    request.getHeaders().addAll("X-Tenant", "one", "two");
                },
                "x-tenant");
        for (String resumesAfter : List.of("", "1", "2")) {
            Request request = server.nextRequest();
            assertThat(request.line()).isEqualTo("GET /stream HTTP/1.1");
            assertThat(request.header("X-Tenant")).containsExactly("one", "two");
            assertThat(request.header("Accept")).containsExactly("text/event-stream");
            assertThat(String.join("", request.header("Last-Event-ID"))).isEqualTo(resumesAfter);
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void runsFiltersEachTimeThatDoMoreThanTheyAreKnownFor() throws Exception {
        serve(stream(), stream().awaitFin());
        AtomicInteger calls = new AtomicInteger();
        openWithFilter(
                request -> {
                    request.getHeaders().putSingle("X-Tenant", "one");
                    request.getHeaders().putSingle("X-Trace", "" + calls.incrementAndGet());
                },
                "X-Tenant");
        assertThat(server.nextRequest().header("X-Trace")).containsExactly("1");
        assertThat(server.nextRequest().header("X-Trace")).containsExactly("2");
    }

    @Test
    void runsFiltersEachTimeThatMoveTheAddress() throws Exception {
        serve(stream(), stream().awaitFin());
        AtomicInteger calls = new AtomicInteger();
        openWithFilter(request -> request.setUri(URI.create(request.getUri() + "?call=" + calls.incrementAndGet())));
        assertThat(server.nextRequest().line()).contains("call=1 ");
        assertThat(server.nextRequest().line()).contains("call=2 ");
    }

    private void openWithFilter(ClientRequestFilter filter, String... constant) {
        Client filtered = jakarta.ws.rs.client.ClientBuilder.newClient();
        filtered.register(filter);
        HttpEventSource.prepare(filtered, Set.of(constant));
        open(HttpEventSource.newBuilder(filtered.target(server.uri()))
                .httpClient(sources.httpClient)
                .executor(sources.executor)
                .ticker(sources.ticker)
                .backoff(sources.backoff));
    }

    @Test
    void leavesOrdinaryCallsOfAPreparedClientAlone() throws Exception {
        serve(answer("200 OK", "hello", "Content-Type: text/plain"));
        assertThat(sources.client.target(server.uri()).request().get(String.class))
                .isEqualTo("hello");
    }

    @Test
    void preparesACopyOfATargetThatIsNotPrepared() throws Exception {
        serve(stream().send("data:a\n\n").awaitFin(), answer("200 OK", "hello", "Content-Type: text/plain"));
        WebTarget target = jakarta.ws.rs.client.ClientBuilder.newClient().target(server.uri());
        open(HttpEventSource.newBuilder(target)
                .httpClient(sources.httpClient)
                .executor(sources.executor)
                .ticker(sources.ticker));
        recorder.awaitData("a");
        assertThat(server.nextRequest().line()).isEqualTo("GET /stream HTTP/1.1");
        assertThat(target.getConfiguration().getInstances()).isEmpty();
        assertThat(target.request().get(String.class)).isEqualTo("hello");
    }

    @Test
    void takesTheAnswerOfAFilterForTheServers() throws Exception {
        serve(stream());
        sources.client.register((ClientRequestFilter) request -> request.abortWith(Response.status(401)
                .header("X-Why", "no token")
                .entity("sign in first")
                .build()));
        open(sources.of(server.uri()));
        recorder.awaitCompletion();
        HandshakeException refusal = (HandshakeException) recorder.onlyError();
        assertThat(refusal.statusCode()).isEqualTo(401);
        assertThat(refusal.body()).asString(UTF_8).isEqualTo("sign in first");
        assertThat(refusal.header("X-Why")).isEqualTo("no token");
        assertThat(server.allRequests()).isEmpty();
    }

    @Test
    void aRefusalNamesTheStartOfALongContentTypeAndLosesItsAnswerByBeingStored() throws Exception {
        open(answer("403 Forbidden", "no", "Content-Type: text/" + "x".repeat(200)));
        recorder.awaitCompletion();
        HandshakeException refusal = (HandshakeException) recorder.onlyError();
        assertThat(refusal).hasMessageContaining("x…").hasMessageNotContaining("x".repeat(100));
        assertThat(refusal.body()).asString(UTF_8).isEqualTo("no");

        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(stored)) {
            out.writeObject(refusal);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(stored.toByteArray()))) {
            HandshakeException read = (HandshakeException) in.readObject();
            assertThat(read).hasMessage(refusal.getMessage());
            assertThat(read.statusCode()).isEqualTo(403);
            assertThat(read.body()).isEmpty();
            assertThat(read.header("Content-Type")).isNull();
            assertThat(read.redirectProblem()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 307})
    void refusesAnAnswerOfAFilterThatIsForAServerToGive(int status) throws Exception {
        serve(stream());
        sources.client.register((ClientRequestFilter) request -> request.abortWith(Response.status(status)
                .type("text/event-stream")
                .location(server.uri())
                .build()));
        open(sources.of(server.uri()));
        recorder.awaitCompletion();
        assertThat(recorder.onlyError()).isInstanceOf(HandshakeException.class).hasMessageContaining("filter");
    }

    @Test
    void triesAgainWhenAFilterThrows() throws Exception {
        serve(stream().send("data:a\n\n").awaitFin());
        AtomicInteger calls = new AtomicInteger();
        sources.client.register((ClientRequestFilter) request -> {
            if (calls.incrementAndGet() < 3) {
                throw new IOException("the token server is away");
            }
        });
        open(sources.of(server.uri()));
        recorder.awaitData("a");
    }

    @Test
    void endsOnAHeaderThatHttpDoesNotAllow() throws Exception {
        serve(stream());
        sources.client.register(
                (ClientRequestFilter) request -> request.getHeaders().putSingle("X-Bad", "a\nb"));
        open(sources.of(server.uri()));
        recorder.awaitCompletion();
        assertThat(recorder.onlyError()).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"})
    void followsARedirectWithinTheOriginWithAllHeaders(String status) throws Exception {
        serve(
                answer(status, "", "Location: /elsewhere?a=b"),
                stream().send("data:a\n\n").awaitFin());
        sources.client.register(
                (ClientRequestFilter) request -> request.getHeaders().putSingle("Authorization", "Bearer secret"));
        open(sources.of(server.uri()).lastEventId("7"));
        recorder.awaitData("a");
        server.nextRequest();
        Request second = server.nextRequest();
        assertThat(second.line()).isEqualTo("GET /elsewhere?a=b HTTP/1.1");
        assertThat(second.header("Authorization")).containsExactly("Bearer secret");
        assertThat(second.header("Last-Event-ID")).containsExactly("7");
    }

    @Test
    void refusesARedirectToAnotherOrigin() throws Exception {
        other = ScriptedServer.playing(stream());
        open(answer("307 Temporary Redirect", "", "Location: " + other.uri()));
        recorder.awaitCompletion();
        assertThat(recorder.onlyError())
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining(
                        "another origin, http://127.0.0.1:" + other.uri().getPort())
                .hasMessageNotContaining("/stream");
        assertThat(other.allRequests()).isEmpty();
    }

    @Test
    void doesNotFollowARedirectForEver() throws Exception {
        open(answer("308 Permanent Redirect", "", "Location: /stream"));
        recorder.awaitCompletion();
        assertThat(recorder.onlyError()).isInstanceOf(HandshakeException.class).hasMessageContaining("more than 5");
        assertThat(server.allRequests()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-No: location", "Location: http://[not-an-address"})
    void refusesARedirectToNowhere(String header) throws Exception {
        open(answer("307 Temporary Redirect", "", header));
        recorder.awaitCompletion();
        assertThat(recorder.onlyError()).isInstanceOf(HandshakeException.class).hasMessageContaining("no address");
    }

    @Test
    void endsForGoodOn204() throws Exception {
        open(stream().send("data:a\n\n"), ScriptedServer.raw().send("HTTP/1.1 204 No Content\r\n\r\n"));
        recorder.awaitCompletion();
        assertThat(recorder.calls()).containsExactly("a", "complete");
        assertThat(source.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "401 Unauthorized",
                "403 Forbidden",
                "404 Not Found",
                "410 Gone",
                "400 Bad",
                "201 Created",
                "200 OK"
            })
    void endsWithTheAnswerThatIsNoStream(String status) throws Exception {
        open(answer(status, "<html>", "Content-Type: text/html", "X-Error-Id: 42"));
        recorder.awaitCompletion();
        assertThat(recorder.calls()).containsExactly("error", "complete");
        HandshakeException refusal = (HandshakeException) recorder.onlyError();
        assertThat(refusal).hasMessageContaining(status.substring(0, 3)).hasMessageContaining("text/html");
        assertThat(refusal).hasMessageNotContaining("<html>");
        assertThat(refusal.body()).asString(UTF_8).isEqualTo("<html>");
        assertThat(refusal.header("X-Error-Id")).isEqualTo("42");
    }

    @Test
    void readsNoMoreThanTheStartOfALongRefusal() throws Exception {
        byte[] block = "x".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        open(ScriptedServer.raw().send("HTTP/1.1 404 Not Found\r\n\r\n").flood(block, 10_000));
        recorder.awaitCompletion();
        assertThat(((HandshakeException) recorder.onlyError()).body()).hasSize(64 * 1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"408 Request Timeout", "429 Too Many Requests", "500 Oops", "502 Bad Gateway", "503 Busy"})
    void triesAgainAfterWhatMayPass(String status) throws Exception {
        open(
                answer(status, "later"),
                answer(status, "later"),
                stream().send("data:a\n\n").awaitFin());
        recorder.awaitData("a");
    }

    private void serve(Script... scripts) {
        server = ScriptedServer.playing(scripts);
    }

    private void open(Script... scripts) {
        serve(scripts);
        open(sources.of(server.uri()));
    }

    private void open(HttpEventSource.Builder builder) {
        source = builder.build();
        recorder.on(source);
        source.open();
    }
}
