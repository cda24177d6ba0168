package com.example.counter;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.cdi.BackendEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.lang.System.Logger.Level;
import java.net.URI;

/** Connects a page to the backend of its counter. An application of yours asks first who it is. */
@ApplicationScoped
@Path("counters/{name}/connection")
public class Counters {

    private static final System.Logger LOG = System.getLogger(Counters.class.getName());

    @Inject
    Jamsocket jamsocket;

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public ConnectResponse connect(@PathParam("name") String name, @Context UriInfo here) {
        ConnectResponse response = jamsocket.connect(
                ConnectRequest.builder().key("counter/" + name).user("guest").build());
        URI status = here.getBaseUriBuilder()
                .path(Statuses.class)
                .path("{id}/status")
                .build(response.backendId());
        return response.forBrowser(URI.create(status.getRawPath()));
    }

    void log(@Observes BackendEvent event) {
        LOG.log(Level.INFO, "{0} is {1}", event.backend().key(), event.state().statusName());
    }
}
