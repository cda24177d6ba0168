package com.jamsocket.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * Has proxies pass on server-sent events at once: sets {@code X-Accel-Buffering: no} and
 * {@code Cache-Control: no-cache, no-transform} on every answer with events, those of other resources included; on
 * TomEE, if the request accepts {@code text/event-stream}, as browsers do. Quarkus REST sends the head of an event
 * stream past its filters, and is told by {@code quarkus.http.filter} settings instead.
 *
 * <p>It is not registered by itself. Register it, or extend it with a class that has {@code @Provider}.
 */
public class EventStreamFilter implements ContainerResponseFilter {

    /** A filter. */
    public EventStreamFilter() {}

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (isEventStream(request, response.getMediaType())) {
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform");
            response.getHeaders().putSingle("X-Accel-Buffering", "no");
        }
    }

    /**
     * Whether these are events. CXF calls filters of an event stream before the method of the resource, with the
     * headers of the servlet's response, among which Tomcat does not have the type: on TomEE nothing but the request
     * tells.
     */
    private static boolean isEventStream(ContainerRequestContext request, @Nullable MediaType type) {
        return type == null
                ? request.getAcceptableMediaTypes().stream().anyMatch(EventStreamFilter::isOfEvents)
                : isOfEvents(type);
    }

    /** Not by {@code isCompatible}, which a wildcard is: a request for anything is none for events. */
    private static boolean isOfEvents(MediaType type) {
        MediaType events = MediaType.SERVER_SENT_EVENTS_TYPE;
        return events.getType().equalsIgnoreCase(type.getType())
                && events.getSubtype().equalsIgnoreCase(type.getSubtype());
    }
}
