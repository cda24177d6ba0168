package com.example.documents;

import com.jamsocket.Jamsocket;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.SseEventSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.naming.InitialContext;

/** The implementations that the server brings, by the names of their classes. */
@Path("server")
public class ServerResource {

    @Inject
    Jamsocket jamsocket;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, String> implementations() {
        Map<String, String> found = new LinkedHashMap<>();
        found.put("restClient", nameOf(ServerResource::restClient));
        found.put("eventSource", nameOf(ServerResource::eventSource));
        found.put("jsonb", nameOf(JsonbBuilder::create));
        found.put("cdi", nameOf(CDI::current));
        found.put("config", nameOf(MicroProfile::config));
        found.put("managedExecutor", nameOf(ServerResource::managedExecutor));
        return found;
    }

    /** What the default client is doing. */
    @GET
    @Path("diagnostics")
    @Produces(MediaType.TEXT_PLAIN)
    public String diagnostics() {
        return jamsocket.diagnostics().toString();
    }

    /** What the client writes to the Flight Recorder during a call; a single word where that is hidden. */
    @POST
    @Path("recorded/{id}")
    @Produces(MediaType.TEXT_PLAIN)
    public String recorded(@PathParam("id") String id) throws IOException {
        try {
            return String.join(" ", FlightRecorder.events(() -> jamsocket.status(id)));
        } catch (NoClassDefFoundError e) {
            return "hidden";
        }
    }

    private static Object restClient() {
        try (Client client = ClientBuilder.newClient()) {
            return client;
        }
    }

    private static Object eventSource() {
        try (Client client = ClientBuilder.newClient()) {
            return SseEventSource.target(client.target("http://localhost/")).build();
        }
    }

    @SuppressWarnings("BanJNDI") // The name is a constant of the platform.
    private static Object managedExecutor() throws Exception {
        return InitialContext.doLookup("java:comp/DefaultManagedExecutorService");
    }

    private static String nameOf(Callable<?> lookup) {
        try {
            return lookup.call().getClass().getName();
        } catch (Exception | LinkageError e) {
            return "none";
        }
    }

    /** Apart, for servers without the API. */
    private static final class MicroProfile {
        static Object config() {
            return org.eclipse.microprofile.config.ConfigProvider.getConfig();
        }
    }
}
