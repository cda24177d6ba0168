package com.example.backend;

// snippet: kicked
import com.jamsocket.backend.BackendEnvironment;
import com.jamsocket.backend.Kicks;
import com.jamsocket.backend.servlet.KickFilter;
import com.jamsocket.backend.servlet.VerifiedRequestFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.Base64;
import java.util.EnumSet;

/** In the backend, on servlets. */
@WebListener
public class Guests implements ServletContextListener {

    public static final Kicks KICKS = new Kicks(
            Base64.getDecoder().decode(System.getenv("KICK_KEY")),
            BackendEnvironment.current().backendId());

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        add(context, "kicks", new KickFilter(KICKS), "/kick");
        add(context, "guests", new VerifiedRequestFilter(KICKS::admits), "/*");
    }

    private static void add(ServletContext context, String name, Filter filter, String path) {
        var registration = context.addFilter(name, filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, path);
    }
}
// end
