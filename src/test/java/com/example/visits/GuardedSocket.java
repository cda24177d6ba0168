package com.example.visits;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** The same behind the guard of the servlets. Open Liberty wants the methods in the class itself. */
@ServerEndpoint(value = "/guarded", configurator = SocketGuard.class)
public class GuardedSocket {

    private final VisitSocket visit = new VisitSocket();

    @OnOpen
    public void open(Session session) throws IOException {
        visit.open(session);
    }

    @OnClose
    public void close() {
        visit.close();
    }
}
