package com.example.ends;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Visits from outside. */
@Path("visits")
@Produces(MediaType.APPLICATION_JSON)
public class VisitsResource {

    @Inject
    Visits visits;

    @POST
    @Path("{key}")
    public Visit visit(@PathParam("key") String key, @QueryParam("last") boolean last) {
        return visits.visit(key, last);
    }

    @GET
    @Path("followed")
    public int followed() {
        return visits.followed();
    }

    @DELETE
    public int terminateTheRest() {
        return visits.terminateTheRest();
    }

    @GET
    public Report report() {
        return visits.report();
    }
}
