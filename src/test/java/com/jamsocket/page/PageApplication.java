package com.jamsocket.page;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.rest.StatusResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** An application that connects, and tells pages how their backends are. */
final class PageApplication implements AutoCloseable {

    private final Jamsocket jamsocket;
    private final HttpServer server;

    /** With these resources besides. */
    PageApplication(int devServerPort, Object... more) {
        jamsocket = Jamsocket.dev(devServerPort);
        server = GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"),
                new ResourceConfig()
                        .property(ServerProperties.WADL_FEATURE_DISABLE, true)
                        .register(new Rooms(jamsocket, this::url))
                        .register(new Statuses(jamsocket))
                        .registerInstances(more));
    }

    String url() {
        return "http://127.0.0.1:" + server.getListener("grizzly").getPort();
    }

    @Override
    public void close() {
        jamsocket.close();
        server.shutdownNow();
    }

    @jakarta.ws.rs.Path("rooms")
    public static final class Rooms {
        private final Jamsocket jamsocket;
        private final Supplier<String> base;

        Rooms(Jamsocket jamsocket, Supplier<String> base) {
            this.jamsocket = jamsocket;
            this.base = base;
        }

        @POST
        @Produces(MediaType.APPLICATION_JSON)
        public ConnectResponse connect(@QueryParam("key") String key) {
            ConnectRequest.Builder request = ConnectRequest.builder().user("guest");
            if (key != null) {
                request.key(key);
            }
            ConnectResponse response = jamsocket.connect(request.build());
            return response.forBrowser(URI.create(base.get() + "/backends/" + response.backendId() + "/status"));
        }
    }

    @jakarta.ws.rs.Path("backends")
    public static final class Statuses extends StatusResource {
        Statuses(Jamsocket jamsocket) {
            super(jamsocket);
        }

        @Override
        protected boolean mayWatch(String backendId, SecurityContext caller) {
            return true;
        }
    }

    /** The pages and scripts of a folder. */
    @jakarta.ws.rs.Path("{name: [a-z]+\\.(html|js)}")
    public static final class Files {
        private final Path folder;

        Files(Path folder) {
            this.folder = folder;
        }

        @GET
        public Response file(@PathParam("name") String name) throws IOException {
            String type = name.endsWith(".js") ? "text/javascript" : "text/html;charset=utf-8";
            return Response.ok(java.nio.file.Files.readAllBytes(folder.resolve(name)), type)
                    .build();
        }
    }
}
