package com.jamsocket.docs;

// snippet: injected
import com.jamsocket.BackendState;
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.cdi.Backend;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@ApplicationScoped
@Path("documents/{name}/connection")
public class Documents {

    @Inject
    Jamsocket jamsocket;

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public ConnectResponse connect(@PathParam("name") String name) {
        return jamsocket.connect(ConnectRequest.builder().key(name).build());
    }

    void log(@Observes BackendState state, EventMetadata event) {
        System.out.println(Backend.Id.of(event) + " is " + state.statusName());
    }
}
// end
