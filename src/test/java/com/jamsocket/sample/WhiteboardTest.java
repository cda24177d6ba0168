package com.jamsocket.sample;

import static com.jamsocket.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationKind;
import com.jamsocket.demo.whiteboard.Whiteboard;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.wire.Json;
import com.jamsocket.testkit.Http;
import jakarta.json.JsonObject;
import jakarta.ws.rs.SeBootstrap;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whiteboard, as its page uses it: two people on a board, and what becomes of it when its process is gone. */
@Timeout(120)
class WhiteboardTest {

    private static final String STROKE =
            "{\"type\":\"stroke\",\"id\":\"s1\",\"colour\":\"#23262f\",\"width\":4,\"points\":[[1,2],[3,4]]}";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void whatOneDrawsTheOthersSeeAndANewProcessTakesOver() {
        try (Whiteboard whiteboard = Whiteboard.start(SeBootstrap.Configuration.FREE_PORT)) {
            Http page = new Http(whiteboard.url());
            JsonObject lobby = connect(page, "lobby", "%C3%A4nn");
            Person ann = new Person(lobby);
            eventually("ann is in", () -> ann.has("\"welcome\""));
            Person bob = new Person(connect(page, "lobby", "bob"));
            eventually("bob sees her", () -> bob.has("\"name\":\"änn\""));
            eventually("and she him", () -> ann.has("\"name\":\"bob\""));
            ann.socket.sendText(STROKE, true).join();
            eventually("bob sees what she draws", () -> bob.has("\"points\":[[1,2],[3,4]]"));

            Person elsewhere = new Person(connect(page, "attic", "eve"));
            eventually("eve is in", () -> elsewhere.has("\"welcome\""));
            assertThat(elsewhere.heard.get(0)).contains("\"people\":[]", "\"strokes\":[]");
            assertThat(whiteboard.backends().spawnCount()).isEqualTo(2);

            kill(whiteboard, lobby);
            eventually(
                    "its page is told",
                    () -> page.get("/" + lobby.getString("status_url")).body().contains("\"terminated\""));
            JsonObject next = connect(page, "lobby", "ann");
            assertThat(next.getString("backend_id")).isNotEqualTo(lobby.getString("backend_id"));
            Person again = new Person(next);
            eventually("she is in again", () -> again.has("\"welcome\""));
            eventually("the chronicle has it", () -> page.get("/boards/lobby/chronicle")
                    .body()
                    .matches(".*änn opened.*was ready.*ended from outside.*ann opened.*was ready.*"));
        }
    }

    @Test
    void thePageAndWhatItNeedsAreServed() {
        try (Whiteboard whiteboard = Whiteboard.start(SeBootstrap.Configuration.FREE_PORT)) {
            Http page = new Http(whiteboard.url());
            for (String path : List.of("/", "/whiteboard.css", "/whiteboard.js", "/backends/session-backend.js")) {
                assertThat(page.get(path).statusCode()).as(path).isEqualTo(200);
            }
            assertThat(page.get("/whiteboard.java").statusCode()).isEqualTo(404);
        }
    }

    private static JsonObject connect(Http page, String board, String name) {
        HttpResponse<String> answer = page.post("/boards/" + board + "/connection?name=" + name, "");
        JsonObject connection = Json.readObject(answer.body());
        assertThat(connection).doesNotContainKey("secret_token");
        String status = "/" + connection.getString("status_url");
        eventually("it is ready", () -> page.get(status).body().contains("\"ready\""));
        return connection;
    }

    /** As a crash would end it. */
    private static void kill(Whiteboard whiteboard, JsonObject connection) {
        try (Jamsocket operator = Jamsocket.dev(whiteboard.backends().port())) {
            operator.terminate(connection.getString("backend_id"), TerminationKind.HARD);
        }
    }

    /** Somebody at a board. */
    private final class Person implements WebSocket.Listener {
        final List<String> heard = new CopyOnWriteArrayList<>();
        final WebSocket socket;
        private final StringBuilder message = new StringBuilder();

        Person(JsonObject connection) {
            String url = connection.getString("url").replaceFirst("^http", "ws") + "board";
            AtomicReference<WebSocket> opened = new AtomicReference<>();
            eventually("the endpoint is there", () -> {
                opened.set(open(URI.create(url)));
                return opened.get() != null;
            });
            socket = opened.get();
        }

        /** Or null: Tyrus listens before it has its endpoints, so its first answer may be 404. The page comes again. */
        private @Nullable WebSocket open(URI url) {
            return client.newWebSocketBuilder()
                    .buildAsync(url, this)
                    .exceptionally(failure -> {
                        assertThat(Stages.unwrap(failure)).isInstanceOf(WebSocketHandshakeException.class);
                        return null;
                    })
                    .join();
        }

        boolean has(String text) {
            return heard.stream().anyMatch(each -> each.contains(text));
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                heard.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
