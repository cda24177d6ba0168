package com.example.visits;

import com.jamsocket.backend.VerifiedRequest;
import com.jamsocket.backend.rest.KickResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Serves all, and tells each who it is. */
@Path("visit")
@ApplicationScoped
public class VisitResource {

    @Inject
    VerifiedRequest request;

    @GET
    @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8")
    public String who() {
        return Guests.describe(request);
    }

    @Path("kick")
    public KickResource kick() {
        return new KickResource(Guests.KICKS);
    }
}
