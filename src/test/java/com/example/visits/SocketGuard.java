package com.example.visits;

import com.jamsocket.backend.websocket.VerifiedRequestConfigurator;

/** The guard of the WebSockets. */
public class SocketGuard extends VerifiedRequestConfigurator {
    public SocketGuard() {
        super(Guests::letIn);
    }
}
