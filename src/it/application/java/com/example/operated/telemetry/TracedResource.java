package com.example.operated.telemetry;

import com.jamsocket.ConnectRequest;
import com.jamsocket.Jamsocket;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Calls within the trace that the server begins for each request. */
@Path("operated/traced")
@Produces(MediaType.APPLICATION_JSON)
public class TracedResource {

    @Inject
    Jamsocket jamsocket;

    @Inject
    Traces traces;

    @POST
    @Path("{key}")
    public Traced connect(@PathParam("key") String key) {
        Traced traced = new Traced();
        traced.trace = Traces.current();
        traced.backend = jamsocket.connect(request(key)).backendId();
        return traced;
    }

    @POST
    @Path("{key}/async")
    public CompletionStage<Traced> connectAsync(@PathParam("key") String key) {
        String trace = Traces.current();
        return jamsocket.async().connect(request(key)).thenApply(response -> {
            Traced traced = new Traced();
            traced.trace = trace;
            traced.continued = Traces.current();
            traced.backend = response.backendId();
            return traced;
        });
    }

    @GET
    @Path("{backend}")
    public List<String> observed(@PathParam("backend") String backend) {
        return traces.of(backend);
    }

    private static ConnectRequest request(String key) {
        return ConnectRequest.builder().key(key).build();
    }
}
