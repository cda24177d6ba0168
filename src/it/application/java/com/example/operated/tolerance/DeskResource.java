package com.example.operated.tolerance;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Where visitors ask for a room. */
@Path("operated/desk")
public class DeskResource {

    @Inject
    Desk desk;

    @GET
    @Path("{room}")
    @Produces(MediaType.TEXT_PLAIN)
    public String enter(@PathParam("room") String room) {
        return desk.enter(room);
    }
}
