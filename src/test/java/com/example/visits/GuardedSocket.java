package com.example.visits;

import jakarta.websocket.server.ServerEndpoint;

/** The same behind the guard of the servlets. */
@ServerEndpoint(value = "/guarded", configurator = SocketGuard.class)
public class GuardedSocket extends VisitSocket {}
