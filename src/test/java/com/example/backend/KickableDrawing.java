package com.example.backend;

// snippet: kickable
import com.jamsocket.backend.Kicks;
import com.jamsocket.backend.websocket.VerifiedRequestConfigurator;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

@ServerEndpoint(value = "/sketch", configurator = ProxyOnly.class)
public class KickableDrawing {

    private Kicks.Registration registration;

    @OnOpen
    public void open(Session session) {
        registration = Guests.KICKS.opened(
                VerifiedRequestConfigurator.of(session),
                () -> session.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "kicked")));
    }

    @OnClose
    public void close() {
        registration.close();
    }
}
// end
