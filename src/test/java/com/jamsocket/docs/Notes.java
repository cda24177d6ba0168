package com.jamsocket.docs;

// snippet: firstResource
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
import jakarta.ws.rs.core.MediaType;

@ApplicationScoped
@Path("notes/{name}/connection")
public class Notes {

    @Inject
    Jamsocket jamsocket;

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public ConnectResponse connect(@PathParam("name") String name) {
        return jamsocket.connect(ConnectRequest.builder().key(name).build());
    }

    void tell(@Observes BackendEvent event) {
        System.out.println(event.backend().key() + " is " + event.state().statusName());
    }
}
// end
