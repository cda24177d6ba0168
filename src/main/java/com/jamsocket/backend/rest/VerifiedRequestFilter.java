package com.jamsocket.backend.rest;

import com.jamsocket.backend.VerifiedRequest;
import com.jamsocket.internal.backend.Admission;
import com.jamsocket.internal.backend.Injection;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Predicate;

/**
 * Lets in requests that came through the platform's proxy, and answers all others with 403. What is behind it has the
 * request by {@link #of} and by {@code @Inject VerifiedRequest}. Only Jakarta REST resources are behind it: where the
 * same server has servlets, files or WebSockets too, use the servlet filter.
 *
 * <p>It is not registered by itself. Register an instance, or extend it:
 *
 * <pre>{@code
 * @Provider
 * @Priority(Priorities.AUTHENTICATION)
 * public class ProxyOnly extends VerifiedRequestFilter {
 *     public ProxyOnly() {
 *         super(request -> request.hasSecret(Secrets.of(request)));
 *     }
 * }
 * }</pre>
 */
public class VerifiedRequestFilter implements ContainerRequestFilter {

    private static final String PROPERTY = VerifiedRequest.class.getName();

    private final Admission admission;

    /**
     * A filter that lets in what is trusted.
     *
     * @param trusted whether a request came through the proxy: that it
     *     {@linkplain VerifiedRequest#hasSecret has a secret} which the application was given by {@code connect} and
     *     has told this backend. Called by many threads
     */
    public VerifiedRequestFilter(Predicate<? super VerifiedRequest> trusted) {
        this.admission = new Admission(trusted);
    }

    /**
     * The request as it was let in.
     *
     * @throws IllegalStateException if it did not come through this filter
     */
    public static VerifiedRequest of(ContainerRequestContext request) {
        if (request.getProperty(PROPERTY) instanceof VerifiedRequest verified) {
            return verified;
        }
        throw new IllegalStateException("the request did not come through a VerifiedRequestFilter: register one");
    }

    @Override
    public void filter(ContainerRequestContext request) {
        VerifiedRequest verified = admission.admit(() -> VerifiedRequest.of(request::getHeaderString));
        if (verified == null) {
            request.abortWith(Response.status(Response.Status.FORBIDDEN)
                    .type(MediaType.TEXT_PLAIN_TYPE)
                    .entity(Admission.REFUSAL)
                    .build());
            return;
        }
        request.setProperty(PROPERTY, verified);
        Injection.provide(verified);
    }
}
