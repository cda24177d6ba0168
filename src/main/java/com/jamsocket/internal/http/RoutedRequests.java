package com.jamsocket.internal.http;

import com.jamsocket.ConnectResponse;
import com.jamsocket.internal.http.BackendClient.Route;
import jakarta.annotation.Priority;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.lang.reflect.ParameterizedType;
import java.net.URI;
import java.util.Objects;
import java.util.Set;

/**
 * Sends requests to where their backend is now, and again if that is over. It comes last before the network, so that
 * what else looks at requests and answers sees the placeholder, not the connection URL.
 */
@Priority(Integer.MAX_VALUE)
final class RoutedRequests implements ClientRequestFilter, ClientResponseFilter {

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");
    private static final String SENT_TO = "com.jamsocket.connection";
    private static final String ADDRESS = "com.jamsocket.address";
    private static final String AGAIN = "com.jamsocket.again";

    private final Route route;
    private final Client client;

    RoutedRequests(Route route, Client client) {
        this.route = route;
        this.client = client;
    }

    @Override
    public void filter(ClientRequestContext request) {
        ConnectResponse connection = route.connection();
        URI address = request.getUri();
        request.setProperty(SENT_TO, connection);
        request.setProperty(ADDRESS, address);
        String query = address.getRawQuery();
        request.setUri(connection.resolve(address.getRawPath() + (query == null ? "" : "?" + query)));
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) throws IOException {
        URI address = (URI) Objects.requireNonNull(request.getProperty(ADDRESS));
        request.setUri(address);
        ConnectResponse sentTo = (ConnectResponse) Objects.requireNonNull(request.getProperty(SENT_TO));
        if (route.isOver(sentTo, response.getStatus())
                && request.getProperty(AGAIN) == null
                && IDEMPOTENT.contains(request.getMethod())
                && isRepeatable(request.getEntity())) {
            replace(response, send(request, address));
        }
    }

    private static boolean isRepeatable(Object entity) {
        return !(entity instanceof InputStream || entity instanceof Reader || entity instanceof StreamingOutput);
    }

    /** The filters of the application have seen it; its headers are what they made of them. */
    private Response send(ClientRequestContext request, URI address) {
        WebTarget target = client.target(address).register(new RoutedRequests(route, client));
        for (Object component : request.getConfiguration().getInstances()) {
            if (component instanceof MessageBodyWriter<?>) {
                target.register(component);
            }
        }
        Invocation.Builder again =
                target.request().headers(request.getHeaders()).property(AGAIN, true);
        return request.hasEntity()
                ? again.method(request.getMethod(), Entity.entity(entity(request), request.getMediaType()))
                : again.method(request.getMethod());
    }

    private static Object entity(ClientRequestContext request) {
        return request.getEntityType() instanceof ParameterizedType type
                ? new GenericEntity<>(request.getEntity(), type)
                : request.getEntity();
    }

    private static void replace(ClientResponseContext response, Response other) throws IOException {
        InputStream before = response.getEntityStream();
        if (before != null) {
            // Read rather than closed: RESTEasy closes the answer with it.
            before.transferTo(OutputStream.nullOutputStream());
        }
        response.setStatusInfo(other.getStatusInfo());
        response.getHeaders().clear();
        response.getHeaders().putAll(other.getStringHeaders());
        if (other.hasEntity()) {
            response.setEntityStream(new Body(other));
        }
    }

    /** Holds the answer that it belongs to: some implementations close one that nobody holds. */
    private static final class Body extends FilterInputStream {
        private final Response response;

        Body(Response response) {
            super(response.readEntity(InputStream.class));
            this.response = response;
        }

        @Override
        public void close() throws IOException {
            super.close();
            response.close();
        }
    }
}
