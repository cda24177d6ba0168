package com.jamsocket.docs;

import com.jamsocket.Jamsocket;
import com.jamsocket.cdi.FromClient;
import com.jamsocket.cdi.JamsocketService;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

/** A bean with a second client. */
class Rooms {
    // snippet: named
    @Inject
    @JamsocketService("rooms")
    Jamsocket rooms;
    // end

    private final String region = "eu";

    // snippet: inCode
    void setUp(@Observes @FromClient("") Jamsocket.Builder builder) {
        builder.header("x-region", region).register(new TracingFilter());
    }
    // end

    private static final class TracingFilter implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putSingle("x-trace", "1");
        }
    }
}
