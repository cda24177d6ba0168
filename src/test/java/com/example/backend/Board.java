package com.example.backend;

// snippet: resource
import com.jamsocket.backend.VerifiedRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("board")
@ApplicationScoped
public class Board {

    @Inject
    VerifiedRequest request;

    @GET
    @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8")
    public String owner() {
        return "The board of " + request.username();
    }
}
// end
