package com.jamsocket.internal.sse;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The last of a client's request filters. It takes down the address and headers that the application's filters have
 * made and aborts the call, so that no byte is sent. It does so only for calls that carry a {@link Slot}; others pass.
 */
final class RequestCapture implements ClientRequestFilter {
    static final int PRIORITY = Integer.MAX_VALUE;

    /** Name of the invocation's property that holds the slot. */
    static final String SLOT = Slot.class.getName();

    @Override
    public void filter(ClientRequestContext request) {
        if (request.getProperty(SLOT) instanceof Slot slot) {
            slot.captured = new Captured(request.getUri(), new MultivaluedHashMap<>(request.getStringHeaders()));
            request.abortWith(Response.noContent().build());
        }
    }

    /** A request as the filters left it. */
    record Captured(URI uri, MultivaluedMap<String, String> headers) {}

    /** Where the filter leaves what it took down. A call runs on one thread. */
    static final class Slot {
        @Nullable
        Captured captured;
    }
}
