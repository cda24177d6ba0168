package com.jamsocket.internal.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.Map;

/** Puts the headers which the application set for every request on each of them, before its own filters run. */
@Priority(Priorities.AUTHENTICATION - 1)
record FixedHeaders(Map<String, String> headers) implements ClientRequestFilter {

    @Override
    public void filter(ClientRequestContext request) {
        headers.forEach(request.getHeaders()::putSingle);
    }

    /** Shows no values, which may be secrets. */
    @Override
    public String toString() {
        return "FixedHeaders" + headers.keySet();
    }
}
