package com.example.documents;

import com.jamsocket.ConnectRequest;
import com.jamsocket.ConnectResponse;
import com.jamsocket.Jamsocket;
import com.jamsocket.PlaneOptions;
import com.jamsocket.cdi.JamsocketService;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * A backend for each room, by a client of its own. The room gives the backend its id. Scratch rooms are in this JVM.
 */
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class RoomResource {

    @Inject
    @JamsocketService("rooms")
    Jamsocket rooms;

    @Inject
    @JamsocketService("scratch")
    Jamsocket scratch;

    @POST
    @Path("rooms/{name}/connection")
    public ConnectResponse connect(@PathParam("name") String name) {
        return rooms.connect(ConnectRequest.builder()
                .key(name)
                .plane(PlaneOptions.builder().backendId(name).build())
                .build());
    }

    @POST
    @Path("scratch/{name}/connection")
    public ConnectResponse connectScratch(@PathParam("name") String name) {
        return scratch.connect(ConnectRequest.builder().key(name).build());
    }
}
