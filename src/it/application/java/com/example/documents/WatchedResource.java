package com.example.documents;

import com.jamsocket.Jamsocket;
import com.jamsocket.rest.StatusResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.SecurityContext;

/** What browsers are told of backends. */
@ApplicationScoped
@Path("watched")
public class WatchedResource extends StatusResource {

    @Inject
    public WatchedResource(Jamsocket jamsocket) {
        super(jamsocket);
    }

    /** For the proxy of CDI. */
    public WatchedResource() {}

    @Override
    protected boolean mayWatch(String backendId, SecurityContext caller) {
        return !backendId.equals("forbidden");
    }
}
