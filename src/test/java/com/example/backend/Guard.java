package com.example.backend;

// snippet: guard
import com.jamsocket.backend.BackendEnvironment;
import com.jamsocket.backend.rest.VerifiedRequestFilter;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ext.Provider;

@Provider
@Priority(Priorities.AUTHENTICATION)
public class Guard extends VerifiedRequestFilter {

    private static final String ID = BackendEnvironment.current().backendId();

    public Guard() {
        super(request -> ID == null || ID.equals(request.backendId()));
    }
}
// end
