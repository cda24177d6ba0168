package com.jamsocket.backend.servlet;

import com.jamsocket.backend.VerifiedRequest;
import com.jamsocket.internal.backend.Admission;
import com.jamsocket.internal.backend.Injection;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;

/**
 * Lets in requests that came through the platform's proxy, and answers all others with 403, WebSocket handshakes of the
 * same server included. What is behind it has the request by {@link #of} and by {@code @Inject VerifiedRequest}.
 *
 * <p>It is not registered by itself. Register it first of all filters and for all paths, or extend it:
 *
 * <pre>{@code
 * @WebFilter(urlPatterns = "/*", asyncSupported = true)
 * public class ProxyOnly extends VerifiedRequestFilter {
 *     public ProxyOnly() {
 *         super(request -> request.hasSecret(Secrets.of(request)));
 *     }
 * }
 * }</pre>
 */
public class VerifiedRequestFilter implements Filter {

    private static final String ATTRIBUTE = VerifiedRequest.class.getName();

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
    public static VerifiedRequest of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof VerifiedRequest verified) {
            return verified;
        }
        throw new IllegalStateException("the request did not come through a VerifiedRequestFilter: map one to it");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        VerifiedRequest verified = admission.admit(() -> VerifiedRequest.of(((HttpServletRequest) request)::getHeader));
        if (verified == null) {
            ((HttpServletResponse) response).sendError(HttpServletResponse.SC_FORBIDDEN, Admission.REFUSAL);
            return;
        }
        request.setAttribute(ATTRIBUTE, verified);
        Injection.provide(verified);
        chain.doFilter(request, response);
    }
}
