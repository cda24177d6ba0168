package com.example.operated.claims;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What has become of the claims on backends. */
@Path("operated/claims/{backend}")
@Produces(MediaType.APPLICATION_JSON)
public class ClaimsResource {

    @Inject
    Claims claims;

    @GET
    public List<String> of(@PathParam("backend") String backend) {
        return claims.of(backend);
    }
}
