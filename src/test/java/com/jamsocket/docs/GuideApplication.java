package com.jamsocket.docs;

import com.jamsocket.Jamsocket;
import com.jamsocket.dev.JamsocketDevServer;
import com.jamsocket.test.InjectedClients;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.hk2.utilities.binding.AbstractBinder;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The resources that the guide shows, as an application with their beans, in which everybody is Ann. */
final class GuideApplication implements AutoCloseable {

    private final SeContainer beans;
    private final HttpServer server;
    private final String path;

    /**
     * Starts it.
     *
     * @param path below which the resources are, with a slash at its end
     * @param pages HTML by name
     */
    GuideApplication(String path, JamsocketDevServer backends, Map<String, String> pages) {
        this.path = path;
        beans = SeContainerInitializer.newInstance()
                .addBeanClasses(Documents.class, Notes.class, Boards.class, Statuses.class)
                .addExtensions(InjectedClients.of(backends))
                .initialize();
        server = GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/" + path),
                ResourceConfig.forApplication(new Application() {
                            // A server asks CDI for them by itself.
                            @Override
                            @SuppressWarnings("deprecation")
                            public Set<Object> getSingletons() {
                                return Set.of(
                                        beans.select(Documents.class).get(),
                                        beans.select(Notes.class).get(),
                                        beans.select(Boards.class).get(),
                                        beans.select(Statuses.class).get(),
                                        new Login(),
                                        new Pages(pages));
                            }
                        })
                        .register(new AbstractBinder() {
                            // Jersey in Java SE injects what CDI has injected, again.
                            @Override
                            protected void configure() {
                                bind(beans.select(Jamsocket.class).get()).to(Jamsocket.class);
                            }
                        })
                        .property(ServerProperties.WADL_FEATURE_DISABLE, true));
    }

    /** The first application of the guide, with the name of its WAR. */
    static GuideApplication notes(JamsocketDevServer backends) {
        String resources =
                NotesApplication.class.getAnnotation(ApplicationPath.class).value();
        return new GuideApplication("notes/" + resources + "/", backends, Map.of());
    }

    int port() {
        return server.getListener("grizzly").getPort();
    }

    URI url(String page) {
        return URI.create("http://127.0.0.1:" + port() + "/" + path + page);
    }

    @Override
    public void close() {
        server.shutdownNow();
        beans.close();
    }

    /** What a server brings. */
    private static final class Login implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            request.setSecurityContext(new SecurityContext() {
                @Override
                public Principal getUserPrincipal() {
                    return () -> "ann";
                }

                @Override
                public boolean isUserInRole(String role) {
                    return false;
                }

                @Override
                public boolean isSecure() {
                    return false;
                }

                @Override
                public String getAuthenticationScheme() {
                    return SecurityContext.FORM_AUTH;
                }
            });
        }
    }

    /** What a server serves by itself: files of the application, and of jars. */
    @Path("{file: .+\\.(html|js)}")
    public static final class Pages {
        private final Map<String, String> pages;

        Pages(Map<String, String> pages) {
            this.pages = pages;
        }

        @GET
        public Response file(@PathParam("file") String file) throws IOException {
            if (file.endsWith(".html")) {
                return Response.ok(pages.get(file), MediaType.TEXT_HTML + ";charset=UTF-8")
                        .build();
            }
            try (InputStream in =
                    Objects.requireNonNull(getClass().getResourceAsStream("/META-INF/resources/" + file))) {
                return Response.ok(in.readAllBytes(), "text/javascript;charset=UTF-8")
                        .build();
            }
        }
    }
}
