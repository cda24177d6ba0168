package com.jamsocket.demo.whiteboard.backend;

import com.jamsocket.backend.BackendEnvironment;
import com.jamsocket.backend.websocket.VerifiedRequestConfigurator;

/**
 * Lets in whoever comes through the proxy, which names the backend. Tyrus listens on all interfaces, so that others may
 * find the port; the id they do not know.
 */
public final class Everybody extends VerifiedRequestConfigurator {

    private static final String ID = String.valueOf(BackendEnvironment.current().backendId());

    /** Made by the server. */
    public Everybody() {
        super(request -> ID.equals(String.valueOf(request.backendId())));
    }
}
