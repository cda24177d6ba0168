package com.jamsocket.demo.whiteboard;

import com.jamsocket.Jamsocket;
import com.jamsocket.rest.StatusResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.SecurityContext;

/** Tells pages how their boards are. */
@ApplicationScoped
@Path("backends")
public class Statuses extends StatusResource {

    /** Of the backends of this client. */
    @Inject
    public Statuses(Jamsocket jamsocket) {
        super(jamsocket);
    }

    /** For the proxy of CDI. */
    public Statuses() {}

    /** Boards are open to everybody here. */
    @Override
    protected boolean mayWatch(String backendId, SecurityContext caller) {
        return true;
    }
}
