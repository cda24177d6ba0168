package com.jamsocket.backend.rest;

import com.jamsocket.backend.Kicks;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Receives kicks: takes each {@code POST} of plain text for a message to {@link Kicks}. Answers 204, or 403 with the
 * reason in plain text.
 *
 * <p>It has no path of its own. Return it from a sub-resource locator, or extend it:
 *
 * <pre>{@code
 * @Path("kick")
 * public KickResource kick() {
 *     return new KickResource(kicks);
 * }
 * }</pre>
 */
public class KickResource {

    private final Kicks kicks;

    /** Hands messages to these. */
    public KickResource(Kicks kicks) {
        this.kicks = Objects.requireNonNull(kicks, "kicks");
    }

    /** Does what the message says. No more of it is read than one may have, whoever sends it. */
    @POST
    @Consumes(MediaType.TEXT_PLAIN)
    public Response kick(InputStream body) throws IOException {
        try {
            kicks.accept(body);
            return Response.noContent().build();
        } catch (IllegalArgumentException e) {
            return Response.status(Response.Status.FORBIDDEN)
                    .type(MediaType.TEXT_PLAIN_TYPE)
                    .entity(e.getMessage())
                    .build();
        }
    }
}
