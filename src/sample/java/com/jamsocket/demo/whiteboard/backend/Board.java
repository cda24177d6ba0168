package com.jamsocket.demo.whiteboard.backend;

import com.jamsocket.backend.websocket.VerifiedRequestConfigurator;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.StringReader;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Somebody at the board. What one says, the others hear: strokes, which the board keeps, and where the cursor is. Who
 * it is comes from the proxy, not from the page.
 */
@ServerEndpoint(value = "/board", configurator = Everybody.class)
public class Board {

    private static final int LONGEST_MESSAGE = 64 * 1024;

    private static final Map<String, Board> PEOPLE = new ConcurrentHashMap<>();

    /** Guarded by itself. */
    private static final Drawing DRAWING = new Drawing();

    private final Outbox outbox = new Outbox();
    private String id = "";
    private String name = "";

    /** Shows the newcomer the board and who is there, and the others the newcomer. */
    @OnOpen
    public void open(Session session) {
        session.setMaxTextMessageBufferSize(LONGEST_MESSAGE);
        id = session.getId();
        name = Objects.requireNonNullElse(
                VerifiedRequestConfigurator.of(session).username(), "somebody");
        outbox.open(session);
        JsonArrayBuilder people = Json.createArrayBuilder();
        JsonArrayBuilder strokes = Json.createArrayBuilder();
        synchronized (DRAWING) {
            PEOPLE.values().forEach(person -> people.add(person.json("person")));
            DRAWING.strokes().forEach(strokes::add);
            PEOPLE.put(id, this);
            outbox.send(Json.createObjectBuilder()
                    .add("type", "welcome")
                    .add("id", id)
                    .add("people", people)
                    .add("strokes", strokes)
                    .build()
                    .toString());
        }
        tellOthers(json("person"));
    }

    /** Something was drawn, moved or wiped. */
    @OnMessage
    public void hear(String text) {
        JsonObject message;
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            message = reader.readObject();
        }
        synchronized (DRAWING) {
            boolean isKnown =
                    switch (message.getString("type", "")) {
                        case "stroke" -> DRAWING.keep(message);
                        case "erase" -> DRAWING.erase(message.getString("id", ""));
                        case "clear" -> DRAWING.clear();
                        case "cursor" -> true;
                        default -> false;
                    };
            if (isKnown) {
                tellOthers(Json.createObjectBuilder(message).add("from", id).build());
            }
        }
    }

    /** What is on the board now. */
    static String svg() {
        synchronized (DRAWING) {
            return DRAWING.svg();
        }
    }

    /** Somebody has left. */
    @OnClose
    public void close() {
        PEOPLE.remove(id);
        tellOthers(json("left"));
    }

    /** A page that is closed in the middle of something is no error; the close follows. */
    @OnError
    public void failed(Throwable failure) {}

    private JsonObject json(String type) {
        return Json.createObjectBuilder()
                .add("type", type)
                .add("id", id)
                .add("name", name)
                .build();
    }

    private void tellOthers(JsonObject message) {
        String text = message.toString();
        PEOPLE.values().stream().filter(person -> person != this).forEach(person -> person.outbox.send(text));
    }

    /** The board ends: pages that come back have another process. */
    static void end() {
        for (Board person : PEOPLE.values()) {
            person.outbox.close(new CloseReason(CloseReason.CloseCodes.SERVICE_RESTART, "the board ends"));
        }
    }
}
