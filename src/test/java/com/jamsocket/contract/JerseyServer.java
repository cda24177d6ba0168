package com.jamsocket.contract;

import jakarta.ws.rs.core.Application;
import java.net.URI;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** A class of its own: on other implementations what it needs is not there. */
final class JerseyServer implements AutoCloseable {

    private final HttpServer server;

    JerseyServer(Class<? extends Application> application) {
        server = GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"),
                ResourceConfig.forApplicationClass(application).property(ServerProperties.WADL_FEATURE_DISABLE, true));
    }

    int port() {
        return server.getListener("grizzly").getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
