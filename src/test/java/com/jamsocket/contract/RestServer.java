package com.jamsocket.contract;

import com.jamsocket.backend.ServletServer;
import jakarta.servlet.Servlet;
import jakarta.ws.rs.core.Application;
import java.net.URI;
import java.util.Map;

/** A Jakarta REST application on the implementation that is there, served on this machine alone. */
final class RestServer implements AutoCloseable {

    private final URI url;
    private final AutoCloseable server;

    private RestServer(int port, AutoCloseable server) {
        this.url = URI.create("http://127.0.0.1:" + port + "/");
        this.server = server;
    }

    static RestServer start(Class<? extends Application> application) throws Exception {
        return switch (RestImplementation.present()) {
            case JERSEY, JERSEY_4 -> {
                JerseyServer jersey = new JerseyServer(application);
                yield new RestServer(jersey.port(), jersey);
            }
            case RESTEASY ->
                onServlets("org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher", application);
            case CXF -> onServlets("org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet", application);
        };
    }

    /** The servlet is not there when this is compiled. */
    private static RestServer onServlets(String servlet, Class<? extends Application> application) throws Exception {
        ServletServer server = new ServletServer();
        server.servlet(
                Class.forName(servlet).asSubclass(Servlet.class),
                "/*",
                Map.of("jakarta.ws.rs.Application", application.getName()));
        return new RestServer(server.start(), server);
    }

    URI url() {
        return url;
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
