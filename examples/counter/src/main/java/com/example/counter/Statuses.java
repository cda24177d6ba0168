package com.example.counter;

import com.jamsocket.Jamsocket;
import com.jamsocket.rest.StatusResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.SecurityContext;

/** Tells pages how their backends are, and serves the module that asks. */
@ApplicationScoped
@Path("backends")
public class Statuses extends StatusResource {

    @Inject
    public Statuses(Jamsocket jamsocket) {
        super(jamsocket);
    }

    /** For the proxy of CDI. */
    public Statuses() {}

    @Override
    protected boolean mayWatch(String backendId, SecurityContext caller) {
        return true;
    }
}
