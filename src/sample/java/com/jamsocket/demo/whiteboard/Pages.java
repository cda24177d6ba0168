package com.jamsocket.demo.whiteboard;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The page, from the class path: so it is the same on every server and without one. */
@Path("")
public class Pages {

    private static final Map<String, String> TYPES =
            Map.of("whiteboard.html", "text/html", "whiteboard.css", "text/css", "whiteboard.js", "text/javascript");

    /** The page. */
    @GET
    public Response page() throws IOException {
        return file("whiteboard.html");
    }

    /** What the page needs. */
    @GET
    @Path("{file: whiteboard\\.\\w+}")
    public Response file(@PathParam("file") String name) throws IOException {
        try (InputStream file = TYPES.containsKey(name) ? Pages.class.getResourceAsStream(name) : null) {
            if (file == null) {
                throw new NotFoundException();
            }
            return Response.ok(file.readAllBytes())
                    .type(TYPES.get(name) + ";charset=utf-8")
                    .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .build();
        }
    }
}
