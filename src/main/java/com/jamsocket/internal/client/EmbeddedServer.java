package com.jamsocket.internal.client;

import com.jamsocket.dev.JamsocketDevServer;
import java.net.URI;

/** The development server in this JVM. The only class of the client that knows it. */
final class EmbeddedServer {

    private final JamsocketDevServer server;

    private EmbeddedServer(JamsocketDevServer server) {
        this.server = server;
    }

    static EmbeddedServer start() {
        return new EmbeddedServer(JamsocketDevServer.start());
    }

    URI url() {
        return server.url();
    }

    void close() {
        server.close();
    }
}
