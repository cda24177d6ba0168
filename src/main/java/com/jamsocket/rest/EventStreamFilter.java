package com.jamsocket.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/**
 * Has proxies pass on server-sent events at once: sets {@code X-Accel-Buffering: no} and
 * {@code Cache-Control: no-cache, no-transform} on every answer with events, those of other resources included. Quarkus
 * REST sends the head of an event stream past its filters, and is told by {@code quarkus.http.filter} settings instead.
 *
 * <p>It is not registered by itself. Register it, or extend it with a class that has {@code @Provider}.
 */
public class EventStreamFilter implements ContainerResponseFilter {

    /** A filter. */
    public EventStreamFilter() {}

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        MediaType type = response.getMediaType();
        if (type != null && MediaType.SERVER_SENT_EVENTS_TYPE.isCompatible(type)) {
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform");
            response.getHeaders().putSingle("X-Accel-Buffering", "no");
        }
    }
}
