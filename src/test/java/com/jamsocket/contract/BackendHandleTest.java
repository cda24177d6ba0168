package com.jamsocket.contract;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jamsocket.BackendEndedException;
import com.jamsocket.BackendHandle;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketTimeoutException;
import com.jamsocket.KeyUnheldException;
import com.jamsocket.TerminationKind;
import com.jamsocket.dev.BackendHandler;
import com.jamsocket.dev.BackendSnapshot;
import com.jamsocket.dev.Fault;
import com.jamsocket.dev.Fault.Endpoint;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.dev.Lifecycle;
import com.jamsocket.testkit.States;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.util.Throwables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an application's own requests to a backend are, on each implementation of the client. */
class BackendHandleTest extends ClientContract {

    private static final ConnectRequest ROOM =
            ConnectRequest.builder().key("room").user("application").build();

    private final List<BackendHandler.Request> received = new CopyOnWriteArrayList<>();
    private Jamsocket jamsocket;
    private BackendHandle room;

    @BeforeEach
    void start() {
        server = closing(JamsocketDevServer.builder()
                .lifecycle(Lifecycle.timed(Duration.ofMillis(10)))
                .backend(this::answer)
                .start());
        jamsocket = client(settings(server.url()).header("X-For-The-Server", "S3CRET"));
        room = closing(jamsocket.backend(ROOM, LONG));
    }

    private BackendHandler.Response answer(BackendHandler.Request request) {
        received.add(request);
        return switch (request.path()) {
            case "/missing" -> BackendHandler.Response.text(404, "mine");
            case "/broken" -> BackendHandler.Response.text(502, "mine");
            case "/gone" -> BackendHandler.Response.text(410, "mine");
            default ->
                BackendHandler.Response.text(
                        200, request.backendId() + " " + new String(request.body(), StandardCharsets.UTF_8));
        };
    }

    @Test
    void theFirstRequestConnectsAndTheNextGoTheSameWay() {
        assertThat(server.spawnCount()).isZero();
        WebTarget target = room.target();
        assertThat(server.spawnCount()).isZero();

        String first = target.path("a b").queryParam("q", "ä&b").request().get(String.class);
        String second = target.path("other").request().put(Entity.text("put"), String.class);

        String id = room.connection().backendId();
        assertThat(first).isEqualTo(id + " ");
        assertThat(second).isEqualTo(id + " put");
        assertThat(server.spawnCount()).isEqualTo(1);
        assertThat(received.get(0).path()).isEqualTo("/a%20b");
        assertThat(received.get(0).query()).isEqualTo("q=%C3%A4%26b");
        assertThat(received.get(0).headers())
                .containsEntry("x-verified-username", "application")
                .doesNotContainKeys("x-for-the-server", "authorization");
    }

    @Test
    void whatIsIdempotentIsSentAgainToTheBackendThatTakesOver() {
        String before = room.connection().backendId();
        end(before);

        String got = room.target().request().header("x-own", "1").get(String.class);
        String after = room.connection().backendId();
        end(after);
        String put = room.target().request().put(Entity.text("put"), String.class);

        assertThat(after).isNotEqualTo(before);
        assertThat(got).isEqualTo(after + " ");
        assertThat(put).isEqualTo(room.connection().backendId() + " put").doesNotStartWith(after);
        assertThat(received.get(0).headers()).containsEntry("x-own", "1");
    }

    @Test
    void whatIsNotIdempotentOrAStreamIsNotSentAgainButTheNextGoesThrough() {
        end(room.connection().backendId());
        try (Response refused = room.target().request().post(Entity.text("post"))) {
            assertThat(refused.getStatus()).isEqualTo(410);
        }
        assertThat(received).isEmpty();
        assertThat(room.target().request().post(Entity.text("post"), String.class))
                .endsWith(" post");

        end(room.connection().backendId());
        Entity<?> stream = Entity.text(new ByteArrayInputStream(new byte[] {'x'}));
        try (Response refused = room.target().request().put(stream)) {
            assertThat(refused.getStatus()).isEqualTo(410);
        }
    }

    @Test
    void whatIsGoneAtTheNextBackendTooIsNotSentAThirdTime() {
        try (Response answer = room.target().path("gone").request().get()) {
            assertThat(answer.getStatus()).isEqualTo(410);
            assertThat(answer.readEntity(String.class)).isEqualTo("mine");
        }
        assertThat(received).hasSize(2);
    }

    @Test
    void whatIsWrittenOrReadOnceIsNotSentAgain() {
        StreamingOutput output = out -> out.write('x');
        for (Object once : List.of(output, new StringReader("x"))) {
            end(room.connection().backendId());
            try (Response refused = room.target().request().put(Entity.text(once))) {
                assertThat(refused.getStatus()).isEqualTo(410);
            }
        }
        assertThat(received).isEmpty();
    }

    @Test
    void whatIsSentAgainIsWrittenByTheWritersOfTheApplication() {
        end(room.connection().backendId());
        WebTarget target = room.target().register(new Lines());

        String put = target.request().put(Entity.text(new GenericEntity<>(List.of("a", "b")) {}), String.class);

        assertThat(put).endsWith(" a\nb\n");
        assertThat(received).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"missing, 404, false", "broken, 502, false", "broken, 502, true"})
    void whatTheBackendItselfAnswersIsNoReasonToConnectAgain(String path, int status, boolean statusIsRefused) {
        room.connection();
        if (statusIsRefused) {
            server.inject(Fault.answer(400).on(Endpoint.STATUS));
        }
        try (Response answer = room.target().path(path).request().get()) {
            assertThat(answer.getStatus()).isEqualTo(status);
            assertThat(answer.readEntity(String.class)).isEqualTo("mine");
        }
        assertThat(received).hasSize(1);
        assertThat(room.target().request().get(String.class)).isNotEmpty();
        assertThat(server.spawnCount()).isEqualTo(1);
    }

    @Test
    void filtersHoldForAllConnectionsAndSeeNoConnectionUrl() {
        List<String> seen = new CopyOnWriteArrayList<>();
        room.target().register((ClientRequestFilter) request -> {
            request.getHeaders().putSingle("x-trace", "t1");
            seen.add(request.getUri().toString());
        });
        room.target().register((ClientResponseFilter)
                (request, response) -> seen.add(request.getUri().toString()));
        end(room.connection().backendId());

        room.target().path("x").request().get(String.class);

        assertThat(received.get(0).headers()).containsEntry("x-trace", "t1");
        assertThat(seen).hasSize(2).allMatch("http://backend.invalid/x"::equals);
        assertThat(room.target().getUri().toString())
                .doesNotContain(room.connection().token());
        assertThat(room.toString()).doesNotContain(room.connection().token());
    }

    @Test
    void aFailureOfTheConnectionDoesNotShowTheConnectionUrl() {
        String token = room.connection().token();
        server.close();

        assertThatThrownBy(() -> room.target().request().get(String.class))
                .isInstanceOf(ProcessingException.class)
                .satisfies(
                        failure -> assertThat(Throwables.getStackTrace(failure).contains(token))
                                .isEqualTo(RestImplementation.present().has(RestImplementation.Trait.SHOWS_ADDRESSES)));
    }

    @Test
    void theAddressOfAWebSocketIsThatOfTheBackendNow() {
        ConnectResponse before = room.connection();
        assertThat(room.webSocketUrl("draw?x=1")).isEqualTo(before.webSocketUrl("draw?x=1"));
        end(before.backendId());
        room.reconnect();

        assertThat(room.webSocketUrl("draw")).isEqualTo(room.connection().webSocketUrl("draw"));
        assertThat(room.connection().backendId()).isNotEqualTo(before.backendId());
    }

    @Test
    void manyUsersShareOneConnection() {
        List<CompletableFuture<String>> answers = new CopyOnWriteArrayList<>();
        BackendHandle own = closing(jamsocket.backend(ConnectRequest.builder().build()));
        for (int i = 0; i < 8; i++) {
            // CXF 4.1 does not let two threads make requests at once, whichever targets they have.
            Invocation.Builder request = own.target().request();
            answers.add(CompletableFuture.supplyAsync(() -> request.get(String.class)));
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(LONG));
        assertThat(server.spawnCount()).isEqualTo(1);
    }

    @Test
    void whatKeepsItFromConnectingIsThrownAndTriedAgainNextTime() {
        ConnectRequest held = ROOM.toBuilder().spawn(false).build();
        BackendHandle handle = closing(jamsocket.backend(held, LONG));

        assertThatThrownBy(handle::connection).isInstanceOf(KeyUnheldException.class);
        assertThatThrownBy(() -> handle.target().request().get(String.class))
                .isInstanceOf(ProcessingException.class)
                .hasRootCauseInstanceOf(KeyUnheldException.class);
        jamsocket.connect(ROOM);
        assertThat(handle.target().request().get(String.class)).isNotEmpty();
    }

    @Test
    void aBackendThatIsNotReadyInTimeIsToldSo() {
        useServerByHand();
        Jamsocket client = client();
        BackendHandle handle = closing(client.backend(ROOM, Duration.ofMillis(300)));

        assertThatThrownBy(handle::connection)
                .isInstanceOf(JamsocketTimeoutException.class)
                .hasMessageContaining("PT0.3S");
        String id = client.connect(ROOM).backendId();
        States.move(server, id, "ready");
        // It has no more time than that, which a busy machine may need.
        ConnectResponse connection = eventually("it is ready in time", LONG, () -> inTime(handle), Objects::nonNull);
        assertThat(connection.backendId()).isEqualTo(id);
    }

    private static @Nullable ConnectResponse inTime(BackendHandle handle) {
        try {
            return handle.connection();
        } catch (JamsocketTimeoutException late) {
            return null;
        }
    }

    @Test
    void aBackendOfAnotherThatEndsBeforeItIsReadyIsReplacedOnce() {
        useServerByHand();
        Jamsocket client = client();
        String held = client.connect(ROOM).backendId();
        BackendHandle handle = closing(client.backend(ROOM, LONG));

        var first = CompletableFuture.supplyAsync(handle::connection);
        server.backend(held).crash(137);
        String next = spawnedAfter(held);
        States.move(server, next, "ready");
        assertThat(first)
                .succeedsWithin(LONG)
                .extracting(ConnectResponse::backendId)
                .isEqualTo(next);

        handle.reconnect();
        server.backend(next).crash(137);
        var second = CompletableFuture.supplyAsync(handle::connection);
        server.backend(spawnedAfter(next)).crash(137);
        assertThat(second).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(BackendEndedException.class);
    }

    /** The backend that is started after this one. */
    private String spawnedAfter(String id) {
        return eventually("another backend", LONG, this::lastSpawned, last -> !last.equals(id));
    }

    private String lastSpawned() {
        List<BackendSnapshot> all = server.backends();
        return all.get(all.size() - 1).id();
    }

    @Test
    void aClosedHandleIsOfNoUse() {
        room.close();
        room.close();
        assertThatThrownBy(room::connection).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(room::target).isInstanceOf(IllegalStateException.class);

        BackendHandle handle = jamsocket.backend(ROOM);
        jamsocket.close();
        assertThatThrownBy(handle::connection).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(handle::target).isInstanceOf(IllegalStateException.class);
    }

    private void end(String id) {
        jamsocket.terminate(id, TerminationKind.HARD);
        jamsocket.awaitTerminated(id, LONG);
    }

    /** Writes a list of text, and nothing else. */
    private static final class Lines implements MessageBodyWriter<List<String>> {
        @Override
        public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
            return List.class.isAssignableFrom(type)
                    && generic instanceof ParameterizedType parameterized
                    && parameterized.getActualTypeArguments()[0] == String.class;
        }

        @Override
        public void writeTo(
                List<String> lines,
                Class<?> type,
                Type generic,
                Annotation[] annotations,
                MediaType mediaType,
                MultivaluedMap<String, Object> headers,
                OutputStream out)
                throws IOException {
            for (String line : lines) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
