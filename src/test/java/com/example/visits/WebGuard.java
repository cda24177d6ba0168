package com.example.visits;

import com.jamsocket.backend.servlet.VerifiedRequestFilter;
import jakarta.servlet.annotation.WebFilter;

/** The guard of servlets and WebSockets. */
@WebFilter(
        urlPatterns = {"/who", "/guarded"},
        asyncSupported = true)
public class WebGuard extends VerifiedRequestFilter {
    public WebGuard() {
        super(Guests::letIn);
    }
}
