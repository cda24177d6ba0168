package com.example.visits;

import com.jamsocket.backend.Kicks;
import com.jamsocket.backend.VerifiedRequest;
import com.jamsocket.backend.websocket.VerifiedRequestConfigurator;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** Tells who is there, until the user is kicked. */
@ServerEndpoint(value = "/socket", configurator = SocketGuard.class)
public class VisitSocket {

    private Kicks.Registration registration;

    @OnOpen
    public void open(Session session) throws IOException {
        VerifiedRequest request = VerifiedRequestConfigurator.of(session);
        registration = Guests.KICKS.opened(
                request, () -> session.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "kicked")));
        session.getBasicRemote().sendText(Guests.describe(request));
    }

    @OnClose
    public void close() {
        registration.close();
    }
}
