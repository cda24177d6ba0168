package com.jamsocket.demo.whiteboard.backend;

import jakarta.websocket.CloseReason;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** Tells the application what is on the board, as SVG in one message. Nobody sees it come. */
@ServerEndpoint(value = "/export", configurator = Everybody.class)
public class Export {

    /** Answers, and that is all. */
    @OnOpen
    public void open(Session session) throws IOException {
        session.getBasicRemote().sendText(Board.svg());
        session.close(new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "that is all"));
    }
}
