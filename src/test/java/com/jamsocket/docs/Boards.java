package com.jamsocket.docs;

// snippet: forBrowser
import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

@ApplicationScoped
@Path("boards/{name}/connection")
public class Boards {

    @Inject
    Jamsocket jamsocket;

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public ConnectResponse connect(
            @PathParam("name") String name, @Context SecurityContext caller, @Context UriInfo here) {
        ConnectResponse response = jamsocket.connect(ConnectRequest.builder()
                .key(name)
                .user(caller.getUserPrincipal().getName())
                .build());
        // The path alone: a proxy before the application may have another host or scheme.
        URI status = here.getBaseUriBuilder()
                .path(Statuses.class)
                .path("{id}/status")
                .build(response.backendId());
        return response.forBrowser(URI.create(status.getRawPath()));
    }
}
// end
