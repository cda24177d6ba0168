package com.jamsocket.rest;

import com.jamsocket.BackendStatus;
import com.jamsocket.Jamsocket;
import com.jamsocket.JamsocketAsync;
import com.jamsocket.JamsocketException;
import com.jamsocket.internal.Stages;
import com.jamsocket.internal.Values;
import com.jamsocket.internal.rest.SharedStreams;
import com.jamsocket.internal.rest.StreamLimitException;
import com.jamsocket.internal.wire.StateMapping;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells browsers how their backends are, through the application: they need not reach the server, and the application
 * decides who may watch. What it sends is what {@code session-backend.js} and the JavaScript client expect.
 *
 * <ul>
 *   <li>{@code GET {backendId}/status}: the present state as JSON
 *   <li>{@code GET {backendId}/status/stream}: each state once, in order, as server-sent events with the status as id,
 *       from the first, or the one after {@code Last-Event-ID}; it ends after {@code terminated}, and an
 *       {@code EventSource} that reconnects is asked to come again in a day
 *   <li>{@code GET session-backend.js}: the module for pages, for applications whose server does not serve it by itself
 * </ul>
 *
 * <p>Errors are {@code application/problem+json}, as {@link JamsocketExceptionMapper} has them; 403 where
 * {@link #mayWatch} says no. The stream of a backend that does not exist ends at once: that is told by its status.
 *
 * <p>Browsers that watch one backend share one stream to the server, also when the resource is made anew for each
 * request. A client has 1,000 such streams at most, or as many as {@link Jamsocket.Builder#maxWatchedBackends} says; a
 * browser that would need another gets 503. No thread waits for events. A send that blocks holds up its own browser
 * alone, and one that takes a minute ends its stream; a browser that is slow takes no memory. Keepalives go out after
 * 15 seconds without an event. A browser that has left is noticed by the next of either, and nothing is logged. Streams
 * end with the client.
 *
 * <p>It has no path of its own and is not registered by itself. Extend it, and mount it where you like:
 *
 * <pre>{@code
 * @Path("backends")
 * @ApplicationScoped
 * public class Statuses extends StatusResource {
 *     @Inject
 *     public Statuses(Jamsocket jamsocket) {
 *         super(jamsocket);
 *     }
 *
 *     public Statuses() {} // for the proxy of CDI; RESTEasy wants it public
 *
 *     @Override
 *     protected boolean mayWatch(String backendId, SecurityContext caller) {
 *         return caller.getUserPrincipal() != null;
 *     }
 * }
 * }</pre>
 *
 * <p>The status of backend {@code b1} is at {@code backends/b1/status} then: that goes to
 * {@link com.jamsocket.ConnectResponse#forBrowser}. An instance of it can also be returned from a sub-resource locator.
 */
public abstract class StatusResource {

    private final @Nullable Jamsocket jamsocket;

    /**
     * A resource of this client.
     *
     * @param jamsocket is used, never closed
     */
    protected StatusResource(Jamsocket jamsocket) {
        this.jamsocket = Objects.requireNonNull(jamsocket, "jamsocket");
    }

    /** For client proxies of CDI, which pass calls on to another instance. */
    protected StatusResource() {
        this.jamsocket = null;
    }

    /**
     * Whether a caller may know how a backend is. Called on the thread of the request, and may block.
     *
     * @param backendId as the caller sent it; there may be no such backend
     * @param caller who asks
     */
    protected abstract boolean mayWatch(String backendId, SecurityContext caller);

    /** The present state. */
    @GET
    @Path("{backendId}/status")
    @Produces(MediaType.APPLICATION_JSON)
    public void status(
            @PathParam("backendId") String backendId,
            @Context SecurityContext caller,
            @Suspended AsyncResponse answer) {
        Problem problem = refusal(backendId, caller);
        if (problem != null) {
            answer.resume(problem.response());
            return;
        }
        Stages.whenDone(client().status(backendId), (state, failure) -> {
            if (state != null) {
                answer.resume(Response.ok(StateMapping.text(state).getBytes(StandardCharsets.UTF_8))
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
            } else if (failure instanceof JamsocketException known) {
                answer.resume(new JamsocketExceptionMapper().toResponse(known));
            } else {
                answer.resume(Objects.requireNonNull(failure));
            }
        });
    }

    /** The states, as they come. */
    @GET
    @Path("{backendId}/status/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void statusStream(
            @PathParam("backendId") String backendId,
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String lastEventId,
            @Context SecurityContext caller,
            @Context SseEventSink sink,
            @Context Sse sse) {
        Problem problem = refusal(backendId, caller);
        if (problem != null) {
            throw new WebApplicationException(problem.response());
        }
        SseConnection connection = new SseConnection(sink, sse);
        if (BackendStatus.TERMINATED.wireName().equals(lastEventId)) {
            sharedStreams().dismiss(connection);
            return;
        }
        try {
            sharedStreams().watch(backendId, lastEventId, connection);
        } catch (StreamLimitException e) {
            throw new WebApplicationException(e, Problem.UNAVAILABLE.response());
        }
    }

    /** The module for pages, with an {@code ETag}. */
    @GET
    @Path("session-backend.js")
    @Produces("text/javascript")
    public Response module(@Context Request request) {
        return PageModule.answer(request);
    }

    /** Not thrown where it can be helped: some servers log what is. */
    private @Nullable Problem refusal(String backendId, SecurityContext caller) {
        if (!mayWatch(backendId, caller)) {
            return Problem.FORBIDDEN;
        }
        try {
            Values.requireBackendId(backendId);
            return null;
        } catch (IllegalArgumentException e) {
            return Problem.BACKEND_NOT_FOUND;
        }
    }

    private SharedStreams sharedStreams() {
        if (client() instanceof SharedStreams.Owner owner) {
            return owner.sharedStreams();
        }
        throw new IllegalStateException(
                "the status of backends can be streamed from a Jamsocket of this library, not from "
                        + client().getClass());
    }

    /** Whatever proxies and views are before a client, this is always the same. */
    private JamsocketAsync client() {
        if (jamsocket == null) {
            throw new IllegalStateException("made without a Jamsocket: that is for proxies of CDI alone");
        }
        return jamsocket.async();
    }
}
