package com.jamsocket.internal.backend;

import com.jamsocket.backend.VerifiedRequest;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.enterprise.inject.spi.CDI;
import org.jspecify.annotations.Nullable;

/**
 * The request that is being served, and the bean that it is. It is request scoped rather than dependent: a bean that
 * lives longer than a request, as a resource does on some servers, would else keep the user of its first one.
 */
@RequestScoped
class CurrentRequest {

    private @Nullable VerifiedRequest request;

    /** Does nothing where no container runs, or has no request: then there is no injection either. */
    static void remember(VerifiedRequest request) {
        try {
            Instance<CurrentRequest> current = CDI.current().select(CurrentRequest.class);
            if (current.isResolvable()) {
                current.get().set(request);
            }
        } catch (IllegalStateException | ContextNotActiveException e) {
            // As said above.
        }
    }

    void set(VerifiedRequest request) {
        this.request = request;
    }

    @Nullable
    VerifiedRequest get() {
        return request;
    }

    /** Typed, so that it is nothing else than what it is. */
    @Produces
    @RequestScoped
    @Typed(VerifiedRequest.class)
    static VerifiedRequest verified(CurrentRequest current) {
        VerifiedRequest request = current.get();
        if (request == null) {
            throw new IllegalStateException("There is no verified request: put a VerifiedRequestFilter"
                    + " (com.jamsocket.backend.servlet or com.jamsocket.backend.rest) before what injects it; in a"
                    + " WebSocket endpoint, ask VerifiedRequestConfigurator.of(session)");
        }
        return request;
    }
}
