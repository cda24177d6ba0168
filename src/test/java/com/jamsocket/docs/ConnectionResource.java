package com.jamsocket.docs;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

// snippet: resource
@Path("documents/{name}/connection")
public class ConnectionResource {

    @Inject
    Jamsocket jamsocket;

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public ConnectResponse connect(@PathParam("name") String name) {
        return jamsocket.connect(ConnectRequest.builder().key(name).build());
    }
}
// end
