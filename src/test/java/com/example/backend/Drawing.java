package com.example.backend;

// snippet: endpoint
import com.jamsocket.backend.VerifiedRequest;
import com.jamsocket.backend.websocket.VerifiedRequestConfigurator;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line that one draws is seen by the others. */
@ServerEndpoint(value = "/draw", configurator = ProxyOnly.class)
public class Drawing {

    private static final Set<Session> SESSIONS = ConcurrentHashMap.newKeySet();

    @OnOpen
    public void open(Session session) {
        SESSIONS.add(session);
    }

    @OnMessage
    public void draw(String line, Session session) {
        VerifiedRequest request = VerifiedRequestConfigurator.of(session);
        for (Session other : SESSIONS) {
            if (other != session) {
                other.getAsyncRemote().sendText(request.username() + ": " + line, result -> {});
            }
        }
    }

    @OnClose
    public void close(Session session) {
        SESSIONS.remove(session);
    }

    /** Says that the server goes away, so that pages connect again. */
    static void closeAll() throws IOException {
        for (Session session : SESSIONS) {
            session.close(new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "the backend ends"));
        }
    }
}
// end
