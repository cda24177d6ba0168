package com.example.documents;

import com.jamsocket.BackendState;
import com.jamsocket.Jamsocket;
import com.jamsocket.TerminationKind;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;

/** What there is to know of a backend, and its end. */
@Path("backends/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class BackendResource {

    @Inject
    Jamsocket jamsocket;

    @Inject
    Chronicle chronicle;

    @GET
    @Path("status")
    public BackendState status(@PathParam("id") String id) {
        return jamsocket.status(id);
    }

    @GET
    @Path("ready")
    public BackendState.Ready ready(@PathParam("id") String id) {
        return jamsocket.awaitReady(id, Duration.ofSeconds(30));
    }

    @DELETE
    public BackendState terminate(@PathParam("id") String id) {
        jamsocket.terminate(id, TerminationKind.SOFT);
        return jamsocket.awaitTerminated(id, Duration.ofSeconds(30)).state();
    }

    @GET
    @Path("history")
    public List<BackendState> history(@PathParam("id") String id) {
        return chronicle.history(id);
    }

    @GET
    @Path("observed")
    public List<Observation> observed(@PathParam("id") String id) {
        return chronicle.observed(id);
    }
}
