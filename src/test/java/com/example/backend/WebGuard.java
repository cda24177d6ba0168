package com.example.backend;

// snippet: webguard
import com.jamsocket.backend.BackendEnvironment;
import com.jamsocket.backend.servlet.VerifiedRequestFilter;
import jakarta.servlet.annotation.WebFilter;

@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class WebGuard extends VerifiedRequestFilter {

    private static final String ID = BackendEnvironment.current().backendId();

    public WebGuard() {
        super(request -> ID == null || ID.equals(request.backendId()));
    }
}
// end
