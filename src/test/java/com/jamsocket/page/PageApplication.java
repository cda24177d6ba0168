package com.jamsocket.page;

import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.rest.StatusResource;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.function.Supplier;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** An application that connects, and tells pages how their backends are. */
final class PageApplication implements AutoCloseable {

    private final Jamsocket jamsocket;
    private final HttpServer server;

    PageApplication(int devServerPort) {
        jamsocket = Jamsocket.dev(devServerPort);
        server = GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"),
                new ResourceConfig()
                        .property(ServerProperties.WADL_FEATURE_DISABLE, true)
                        .register(new Rooms(jamsocket, this::url))
                        .register(new Statuses(jamsocket)));
    }

    String url() {
        return "http://127.0.0.1:" + server.getListener("grizzly").getPort();
    }

    @Override
    public void close() {
        jamsocket.close();
        server.shutdownNow();
    }

    @Path("rooms")
    public static final class Rooms {
        private final Jamsocket jamsocket;
        private final Supplier<String> base;

        Rooms(Jamsocket jamsocket, Supplier<String> base) {
            this.jamsocket = jamsocket;
            this.base = base;
        }

        @POST
        @Produces(MediaType.APPLICATION_JSON)
        public ConnectResponse connect() {
            ConnectResponse response = jamsocket.connect();
            return response.forBrowser(URI.create(base.get() + "/backends/" + response.backendId() + "/status"));
        }
    }

    @Path("backends")
    public static final class Statuses extends StatusResource {
        Statuses(Jamsocket jamsocket) {
            super(jamsocket);
        }

        @Override
        protected boolean mayWatch(String backendId, SecurityContext caller) {
            return true;
        }
    }
}
