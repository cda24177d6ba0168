package com.example.visits;

import com.jamsocket.backend.rest.VerifiedRequestFilter;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ext.Provider;

/** The guard of the resources. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class RestGuard extends VerifiedRequestFilter {
    public RestGuard() {
        super(Guests::letIn);
    }
}
