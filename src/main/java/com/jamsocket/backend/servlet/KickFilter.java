package com.jamsocket.backend.servlet;

import com.jamsocket.backend.Kicks;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/**
 * Receives kicks: takes each {@code POST} at the path it is mapped to for a message to {@link Kicks}, and passes
 * nothing on. Answers 204, or 403 with the reason in plain text; other methods get 405.
 *
 * <p>It is not registered by itself. The message is signed, so it may stand before a {@link VerifiedRequestFilter}.
 */
public class KickFilter implements Filter {

    private final Kicks kicks;

    /** Hands messages to these. */
    public KickFilter(Kicks kicks) {
        this.kicks = Objects.requireNonNull(kicks, "kicks");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException {
        HttpServletResponse answer = (HttpServletResponse) response;
        if (!((HttpServletRequest) request).getMethod().equals("POST")) {
            answer.setHeader("Allow", "POST");
            answer.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        try {
            kicks.accept(request.getInputStream());
            answer.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } catch (IllegalArgumentException e) {
            answer.setStatus(HttpServletResponse.SC_FORBIDDEN);
            answer.setContentType("text/plain;charset=UTF-8");
            answer.getWriter().println(e.getMessage());
        }
    }
}
