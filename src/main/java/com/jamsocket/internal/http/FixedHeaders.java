package com.jamsocket.internal.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

/** Puts the headers which the application set for every request on each of them, before its own filters run. */
@Priority(Priorities.AUTHENTICATION - 1)
record FixedHeaders(Credentials credentials) implements ClientRequestFilter {

    @Override
    public void filter(ClientRequestContext request) {
        credentials.forEachHeader(request.getHeaders()::putSingle);
    }
}
